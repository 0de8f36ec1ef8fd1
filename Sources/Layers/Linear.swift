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

  /// Several maps of the same input, fused: one product instead of one for each, under the names that
  /// files know them by.
  ///
  /// - Parameters:
  ///   - names: a scope for each map.
  ///   - size: inputs, and outputs of each map.
  ///   - gain: of the initialisation; 1/√2 makes three stacked square maps start as one Glorot matrix would.
  static func stacked(_ names: [String], size: Int, gain: Float, in builder: inout ParameterBuilder) -> Linear
  {
    let weights = names.map { name in
      builder.scope(name) { $0.matrix("weight", size, size, .glorotUniform(gain: gain)) }
    }
    let biases = names.map { name in builder.scope(name) { $0.vector("bias", size, .constant(0)) } }
    return Linear(
      weight: builder.stacked(weights), bias: builder.stacked(biases, isVector: true))
  }

  /// - Parameter x: shape `[rows, inputSize]`. - Returns: shape `[rows, outputSize]`.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    tape.linear(x, weight: weight, bias: bias)
  }
}
