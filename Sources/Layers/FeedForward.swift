public import Autodiff
public import Tensors

/// The position-wise feed-forward network, `W₂ · activation(W₁ · x + b₁) + b₂`.
///
/// Source: Vaswani et al. 2017, section 3.3.
public struct FeedForward: Sendable {
  let inner: Linear
  let outer: Linear
  let activation: Activation
  let dropoutRate: Float

  /// Declares `fc1` and `fc2`.
  ///
  /// - Parameters:
  ///   - size: model size, columns of the input and of the output.
  ///   - innerSize: columns between the two maps, usually 4 · `size`.
  ///   - activation: between the two maps.
  ///   - dropoutRate: for what the activation gives.
  ///   - builder: where the parameters are declared.
  public init(
    size: Int, innerSize: Int, activation: Activation, dropoutRate: Float, in builder: inout ParameterBuilder
  ) {
    inner = builder.scope("fc1") { Linear(size, innerSize, in: &$0) }
    outer = builder.scope("fc2") { Linear(innerSize, size, in: &$0) }
    self.activation = activation
    self.dropoutRate = dropoutRate
  }

  /// The network on every row.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - tape: where the work is recorded.
  /// - Returns: the same shape.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    let hidden = tape.activate(inner(x, on: tape), activation)
    return outer(tape.dropout(hidden, rate: dropoutRate), on: tape)
  }
}
