public import Autodiff
public import Tensors

/// The position-wise feed-forward network, `W₂ · f(W₁ · x + b₁) + b₂`, or with a gated activation `W₂ · (f(W₁ · x + b₁)
/// ∘ (V · x + c)) + b₂`.
///
/// Source: Vaswani et al. 2017, section 3.3; Shazeer 2020, "GLU Variants Improve Transformer".
public struct FeedForward: Sendable {
  /// W₁, followed by V with a gated activation.
  let inner: Linear
  let outer: Linear
  let activation: FeedForwardActivation
  let dropoutRate: Float

  /// Declares `fc1` (W₁), with a gated activation `fc3` (V, next to W₁ for one product), and `fc2` (W₂).
  ///
  /// - Parameters:
  ///   - size: model size, columns of the input and of the output.
  ///   - innerSize: columns between the two maps, typically 4 · `size`.
  ///   - activation: between the two maps.
  ///   - dropoutRate: for the result of the activation.
  ///   - linear: whether the maps add biases, and how they are initialized.
  ///   - builder: declares the parameters.
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

  /// Applies the network to every row.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - tape: records the operations.
  /// - Returns: the same shape.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    let projected = inner(x, on: tape)
    let hidden =
      activation.isGated
      ? tape.gatedActivation(projected, activation.function) : tape.activate(projected, activation.function)
    return outer(tape.dropout(hidden, rate: dropoutRate), on: tape)
  }
}
