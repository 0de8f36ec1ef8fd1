public import Autodiff
public import Tensors

/// Multi-head attention of a sequence over itself, with rotary positions where they are asked for.
///
/// Source: Vaswani et al. 2017, section 3.2.2; Su et al. 2021, "RoFormer", section 3.2.
public struct SelfAttention: Sendable {
  let projections: Linear
  let output: Linear
  let heads: Int
  let dropoutRate: Float
  let rotary: RotaryEmbedding?

  /// Declares `q_proj`, `k_proj`, `v_proj` (side by side: one product) and `out_proj`.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - heads: how many; divides `size`.
  ///   - dropoutRate: for the attention weights.
  ///   - rotary: turns queries and keys by their positions; nil where embeddings hold the positions.
  ///   - linear: whether the maps add biases, and how they are drawn.
  ///   - builder: where the parameters are declared.
  public init(
    size: Int, heads: Int, dropoutRate: Float, rotary: RotaryEmbedding? = nil,
    linear: LinearOptions = LinearOptions(), in builder: inout ParameterBuilder
  ) {
    projections = Linear.stacked(
      ["q_proj", "k_proj", "v_proj"], size, size, linear, gain: Float(0.5).squareRoot(), in: &builder)
    output = builder.scope("out_proj") { Linear(size, size, linear, in: &$0) }
    (self.heads, self.dropoutRate, self.rotary) = (heads, dropoutRate, rotary)
  }

  /// All positions at once.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - spans: one a sentence, over its own rows; a row's position is its place among them.
  ///   - causal: whether a position is kept from reading those behind it.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(_ x: Tensor, spans: [AttentionSpan], causal: Bool, on tape: Tape) -> Tensor {
    let projected = project(x, positions: { positions(of: spans, rows: x.shape.rows) }, on: tape)
    let inputs = AttentionInputs(selfAttention: projected)
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
    let position = Int32(history.count)
    history.append(
      project(x, positions: { [Int32](repeating: position, count: x.shape.rows) }, on: memory))
    return output(tape.attend(to: history, ancestors: ancestors, heads: heads), on: tape)
  }

  /// Queries, keys and values side by side, shape `[rows, 3 · size]`; queries and keys turned by rotary positions.
  private func project(_ x: Tensor, positions: () -> [Int32], on tape: Tape) -> Tensor {
    let projected = projections(x, on: tape)
    guard let rotary else { return projected }
    return tape.rotate(projected, columns: 2 * x.shape.columns, positions: positions(), by: rotary)
  }
}

/// Each row's place in its span, from 0.
private func positions(of spans: [AttentionSpan], rows: Int) -> [Int32] {
  var result = [Int32](repeating: 0, count: rows)
  for span in spans {
    for (position, row) in span.queries.enumerated() { result[row] = Int32(position) }
  }
  return result
}
