public import Autodiff
public import Tensors

/// An affine map, `y = x · Wᵀ + b`.
public struct Linear: Sendable {
  /// `W`, shape `[outputSize, inputSize]`.
  public let weight: Parameter
  /// `b`, shape `[outputSize]`.
  public let bias: Parameter

  /// Declares `weight` and `bias`.
  public init(_ inputSize: Int, _ outputSize: Int, in builder: inout ParameterBuilder) {
    weight = builder.matrix("weight", outputSize, inputSize, .glorotUniform())
    bias = builder.vector("bias", outputSize, .constant(0))
  }

  init(weight: Parameter, bias: Parameter) { (self.weight, self.bias) = (weight, bias) }

  /// Several maps of the same input, fused: one product instead of one for each.
  ///
  /// Files know them by their own names.
  ///
  /// - Parameters:
  ///   - names: a scope for each map.
  ///   - size: inputs, and outputs of each map.
  ///   - gain: of the initialisation; 1/√2 makes three stacked square maps start as one Glorot matrix would.
  ///   - builder: where the parameters are declared.
  /// - Returns: one map from `size` to `names.count * size` columns, in the order of the names.
  static func stacked(_ names: [String], size: Int, gain: Float, in builder: inout ParameterBuilder) -> Linear
  {
    let weights = names.map { name in
      builder.scope(name) { $0.matrix("weight", size, size, .glorotUniform(gain: gain)) }
    }
    let biases = names.map { name in builder.scope(name) { $0.vector("bias", size, .constant(0)) } }
    return Linear(
      weight: builder.stacked(weights), bias: builder.stacked(biases, isVector: true))
  }

  /// The map of every row.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, inputSize]`.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[rows, outputSize]`.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    tape.linear(x, weight: weight, bias: bias)
  }
}
