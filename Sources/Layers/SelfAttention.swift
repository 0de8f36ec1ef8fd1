public import Autodiff
public import Tensors

/// Multi-head attention of a sequence over itself.
///
/// Source: Vaswani et al. 2017, section 3.2.2.
public struct SelfAttention: Sendable {
  let projections: Linear
  let output: Linear
  let heads: Int
  let dropoutRate: Float

  /// Declares `q_proj`, `k_proj`, `v_proj` (side by side: one product) and `out_proj`.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - heads: how many; divides `size`.
  ///   - dropoutRate: for the attention weights.
  ///   - builder: where the parameters are declared.
  public init(size: Int, heads: Int, dropoutRate: Float, in builder: inout ParameterBuilder) {
    projections = Linear.stacked(
      ["q_proj", "k_proj", "v_proj"], size: size, gain: Float(0.5).squareRoot(), in: &builder)
    output = builder.scope("out_proj") { Linear(size, size, in: &$0) }
    self.heads = heads
    self.dropoutRate = dropoutRate
  }

  /// All positions at once.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - spans: one a sentence.
  ///   - causal: whether a position is kept from reading those behind it.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(_ x: Tensor, spans: [AttentionSpan], causal: Bool, on tape: Tape) -> Tensor {
    let inputs = AttentionInputs(selfAttention: projections(x, on: tape))
    return output(
      tape.attend(inputs, heads: heads, spans: spans, causal: causal, dropoutRate: dropoutRate), on: tape)
  }

  /// One new position a hypothesis, over its own past.
  ///
  /// - Parameters:
  ///   - x: the new positions, shape `[hypotheses, size]`.
  ///   - history: what this layer keeps between steps; grows by one.
  ///   - ancestors: for each hypothesis and step the row it descends from, the new step included.
  ///   - memory: the tape that lives as long as the history.
  ///   - tape: of this step alone.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(
    _ x: Tensor, history: inout AttentionHistory, ancestors: [Int32], memory: Tape, on tape: Tape
  ) -> Tensor {
    history.append(projections(x, on: memory))
    return output(tape.attend(to: history, ancestors: ancestors, heads: heads), on: tape)
  }
}
