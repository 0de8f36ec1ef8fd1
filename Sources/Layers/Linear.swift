public import Autodiff
public import Tensors

/// An affine map, `y = x · Wᵀ + b`, or a linear one without `b`.
public struct Linear: Sendable {
  /// `W`, shape `[outputSize, inputSize]`.
  public let weight: Parameter
  /// `b`, shape `[outputSize]`; nil for none.
  public let bias: Parameter?

  /// Declares `weight` and, if there is one, `bias`.
  public init(
    _ inputSize: Int, _ outputSize: Int, _ options: LinearOptions = LinearOptions(),
    in builder: inout ParameterBuilder
  ) {
    weight = builder.matrix("weight", outputSize, inputSize, options.weight())
    bias = options.usesBias ? builder.vector("bias", outputSize, .constant(0)) : nil
  }

  private init(weight: Parameter, bias: Parameter?) { (self.weight, self.bias) = (weight, bias) }

  /// Several maps of the same input, fused into one product.
  ///
  /// In files each has its own name.
  ///
  /// - Parameters:
  ///   - names: a scope for each map.
  ///   - inputSize: columns of the input.
  ///   - outputSize: outputs of each map.
  ///   - options: whether they add biases, and how they are initialized.
  ///   - gain: the factor of Glorot's bound; 1/√2 makes three stacked square maps start as one Glorot matrix would.
  ///   - builder: declares the parameters.
  /// - Returns: one map to `names.count * outputSize` columns, in the order of the names.
  static func stacked(
    _ names: [String], _ inputSize: Int, _ outputSize: Int, _ options: LinearOptions, gain: Float = 1,
    in builder: inout ParameterBuilder
  ) -> Linear {
    let weights = names.map { name in
      builder.scope(name) { $0.matrix("weight", outputSize, inputSize, options.weight(gain: gain)) }
    }
    guard options.usesBias else { return Linear(weight: builder.stacked(weights), bias: nil) }
    let biases = names.map { name in builder.scope(name) { $0.vector("bias", outputSize, .constant(0)) } }
    return Linear(
      weight: builder.stacked(weights), bias: builder.stacked(biases, isVector: true))
  }

  /// Applies the map to every row.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, inputSize]`.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, outputSize]`.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    tape.linear(x, weight: weight, bias: bias)
  }
}
