public import Autodiff
public import Tensors

/// The position-wise feed-forward network, `W₂ · f(W₁ · x + b₁) + b₂`, with a gated activation
/// `W₂ · (f(W₁ · x + b₁) ∘ (V · x + c)) + b₂`.
///
/// Source: Vaswani et al. 2017, section 3.3; Shazeer 2020, "GLU Variants Improve Transformer".
public struct FeedForward: Sendable {
  /// W₁, and with a gated activation V behind it.
  let inner: Linear
  let outer: Linear
  let activation: FeedForwardActivation
  let dropoutRate: Float

  /// Declares `fc1` (W₁), with a gated activation `fc3` (V, side by side with it: one product), and `fc2` (W₂).
  ///
  /// - Parameters:
  ///   - size: model size, columns of the input and of the output.
  ///   - innerSize: columns between the two maps, usually 4 · `size`.
  ///   - activation: between the two maps.
  ///   - dropoutRate: for what the activation gives.
  ///   - linear: whether the maps add biases, and how they are drawn.
  ///   - builder: where the parameters are declared.
  public init(
    size: Int, innerSize: Int, activation: FeedForwardActivation, dropoutRate: Float,
    linear: LinearOptions = LinearOptions(), in builder: inout ParameterBuilder
  ) {
    inner = Linear.stacked(
      activation.isGated ? ["fc1", "fc3"] : ["fc1"], size, innerSize, linear, in: &builder)
    outer = builder.scope("fc2") { Linear(innerSize, size, linear, in: &$0) }
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
    let projected = inner(x, on: tape)
    let hidden =
      activation.isGated
      ? tape.gatedActivation(projected, activation.function) : tape.activate(projected, activation.function)
    return outer(tape.dropout(hidden, rate: dropoutRate), on: tape)
  }
}
