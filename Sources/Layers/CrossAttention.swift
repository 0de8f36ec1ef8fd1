public import Autodiff
public import Tensors

/// Multi-head attention of the target over the encoder's output.
///
/// Source: Vaswani et al. 2017, section 3.2.3.
public struct CrossAttention: Sendable {
  let query: Linear
  let keysAndValues: Linear
  let output: Linear
  let heads: Int
  let dropoutRate: Float

  /// Declares `k_proj` and `v_proj` (side by side: one product), `q_proj` and `out_proj`.
  ///
  /// - Parameters:
  ///   - size: columns of the input and of the output.
  ///   - heads: how many; divides `size`.
  ///   - dropoutRate: for the attention weights.
  ///   - linear: whether the maps add biases, and how they are initialized.
  ///   - builder: declares the parameters.
  public init(
    size: Int, heads: Int, dropoutRate: Float, linear: LinearOptions = LinearOptions(),
    in builder: inout ParameterBuilder
  ) {
    let gain = Float(0.5).squareRoot()
    query = Linear.stacked(["q_proj"], size, size, linear, gain: gain, in: &builder)
    keysAndValues = Linear.stacked(["k_proj", "v_proj"], size, size, linear, gain: gain, in: &builder)
    output = builder.scope("out_proj") { Linear(size, size, linear, in: &$0) }
    self.heads = heads
    self.dropoutRate = dropoutRate
  }

  /// Keys and values of the encoder's output, shape `[source rows, 2 · size]`: computed once for each sentence.
  public func project(_ encoded: Tensor, on tape: Tape) -> Tensor { keysAndValues(encoded, on: tape) }

  /// Attention of every target position.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - projected: the result of ``project(_:on:)``.
  ///   - spans: which target rows read which source rows.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, size]`.
  public func callAsFunction(
    _ x: Tensor, over projected: Tensor, spans: [AttentionSpan], on tape: Tape
  ) -> Tensor {
    self(x, over: projected, spans: spans, guide: nil, on: tape).output
  }

  /// The same attention with a guide, which acts only on a training tape.
  ///
  /// - Returns: the output, shape `[rows, size]`, and the guide's loss.
  func callAsFunction(
    _ x: Tensor, over projected: Tensor, spans: [AttentionSpan], guide: AttentionGuide?, on tape: Tape
  ) -> (output: Tensor, guideLoss: Double) {
    let attended = tape.attend(
      AttentionInputs(queries: query(x, on: tape), keysAndValues: projected), heads: heads, spans: spans,
      causal: false, dropoutRate: dropoutRate, guide: guide)
    return (output(attended.output, on: tape), attended.guideLoss)
  }

  /// Attention of one new position for each hypothesis.
  ///
  /// - Parameters:
  ///   - x: shape `[hypotheses, size]`.
  ///   - source: what the hypotheses read: the result of ``project(_:on:)``.
  ///   - tape: the tape of this step.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(_ x: Tensor, over source: SourceReading, on tape: Tape) -> Tensor {
    output(tape.attend(fewQueries: query(x, on: tape), to: source, heads: heads), on: tape)
  }
}
