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
  let positions: AttentionPositions

  /// Declares `q_proj`, `k_proj`, `v_proj` (side by side: one product) and `out_proj`.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - heads: how many; divides `size`.
  ///   - dropoutRate: for the attention weights.
  ///   - positions: how it accounts for positions.
  ///   - linear: whether the maps add biases, and how they are initialized.
  ///   - builder: declares the parameters.
  public init(
    size: Int, heads: Int, dropoutRate: Float, positions: AttentionPositions = .none,
    linear: LinearOptions = LinearOptions(), in builder: inout ParameterBuilder
  ) {
    projections = Linear.stacked(
      ["q_proj", "k_proj", "v_proj"], size, size, linear, gain: Float(0.5).squareRoot(), in: &builder)
    output = builder.scope("out_proj") { Linear(size, size, linear, in: &$0) }
    (self.heads, self.dropoutRate, self.positions) = (heads, dropoutRate, positions)
  }

  /// Attention for every position of every sentence.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - spans: one for each sentence, over its own rows; a row's position is its index among them.
  ///   - causal: whether a position reads only itself and those before it.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(_ x: Tensor, spans: [AttentionSpan], causal: Bool, on tape: Tape) -> Tensor {
    let attended = tape.attend(
      AttentionInputs(selfAttention: projections(x, on: tape)), heads: heads, spans: spans, causal: causal,
      positions: positions, dropoutRate: dropoutRate)
    return output(attended, on: tape)
  }

  /// What this layer keeps between steps, before the first step.
  public func makeHistory() -> AttentionHistory { AttentionHistory(positions: positions) }

  /// Attention of one new position for each hypothesis over its own past.
  ///
  /// - Parameters:
  ///   - x: the new positions, shape `[hypotheses, size]`.
  ///   - history: what this layer keeps between steps; gains one step.
  ///   - ancestors: for each hypothesis and step the row it descends from, the new step included.
  ///   - memory: the tape that lives as long as the history.
  ///   - tape: the tape of this step.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(
    _ x: Tensor, history: inout AttentionHistory, ancestors: [Int32], memory: Tape, on tape: Tape
  ) -> Tensor {
    history.append(projections(x, on: memory), on: memory)
    return output(tape.attend(to: history, ancestors: ancestors, heads: heads), on: tape)
  }
}
