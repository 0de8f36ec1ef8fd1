public import Autodiff
public import Tensors

/// Self-attention or another ``DecoderCell``, attention over the encoder's output, and feed-forward network.
///
/// Source: Vaswani et al. 2017, section 3.1, figure 1 right.
public struct TransformerDecoderLayer: Sendable {
  let target: TargetReading
  let aroundTarget: ResidualConnection
  /// Attention over the encoder's output.
  public let crossAttention: CrossAttention
  let aroundCrossAttention: ResidualConnection
  let feedForward: FeedForward
  let aroundFeedForward: ResidualConnection

  /// Declares the layer's parameters under Hugging Face Marian's names.
  public init(_ options: LayerOptions, in builder: inout ParameterBuilder) {
    target = TargetReading(options, in: &builder)
    aroundTarget = options.residual("self_attn_layer_norm", in: &builder)
    crossAttention = options.crossAttention(in: &builder)
    aroundCrossAttention = options.residual("encoder_attn_layer_norm", in: &builder)
    feedForward = options.feedForward(in: &builder)
    aroundFeedForward = options.residual("final_layer_norm", in: &builder)
  }

  /// The layer at every target position: teacher forcing, or a non-autoregressive decoder.
  ///
  /// - Parameters:
  ///   - x: shape `[target rows, size]`.
  ///   - encoded: the encoder's output, shape `[source rows, size]`.
  ///   - spans: one for each target sentence, over its own rows.
  ///   - crossSpans: which target rows read which source rows.
  ///   - causal: whether a position reads only itself and those before it.
  ///   - tape: records the operations.
  /// - Returns: shape `[target rows, size]`.
  public func callAsFunction(
    _ x: Tensor, over encoded: Tensor, spans: [AttentionSpan], crossSpans: [AttentionSpan],
    causal: Bool = true, on tape: Tape
  ) -> Tensor {
    self(x, over: encoded, spans: spans, crossSpans: crossSpans, causal: causal, guide: nil, on: tape).output
  }

  /// The same layer with a guide for its attention over the source, which acts only on a training tape.
  ///
  /// - Returns: the output, shape `[target rows, size]`, and the guide's loss.
  public func callAsFunction(
    _ x: Tensor, over encoded: Tensor, spans: [AttentionSpan], crossSpans: [AttentionSpan],
    causal: Bool = true, guide: AttentionGuide?, on tape: Tape
  ) -> (output: Tensor, guideLoss: Double) {
    let attended = aroundTarget(x, on: tape) { target($0, spans: spans, causal: causal, on: tape) }
    let projected = crossAttention.project(encoded, on: tape)
    var guideLoss = 0.0
    let read = aroundCrossAttention(attended, on: tape) {
      let read = crossAttention($0, over: projected, spans: crossSpans, guide: guide, on: tape)
      guideLoss = read.guideLoss
      return read.output
    }
    return (aroundFeedForward(read, on: tape) { feedForward($0, on: tape) }, guideLoss)
  }

  /// What this layer keeps between steps, before the first step.
  public func makeHistory() -> DecoderHistory { target.makeHistory() }

  /// The layer at one new position for each hypothesis.
  ///
  /// - Parameters:
  ///   - x: shape `[hypotheses, size]`.
  ///   - source: the cross-attention's keys and values of the encoder's output, and which hypotheses read which of them.
  ///   - history: what this layer keeps between steps; gains one step.
  ///   - descent: which rows of earlier steps the hypotheses descend from.
  ///   - memory: the tape that lives as long as the history.
  ///   - tape: the tape of this step.
  /// - Returns: shape `[hypotheses, size]`.
  public func step(
    _ x: Tensor, source: SourceReading, history: inout DecoderHistory, descent: Descent,
    memory: Tape, on tape: Tape
  ) -> Tensor {
    let attended = aroundTarget(x, on: tape) {
      target.step($0, history: &history, descent: descent, memory: memory, on: tape)
    }
    let read = aroundCrossAttention(attended, on: tape) {
      crossAttention.step($0, over: source, on: tape)
    }
    return aroundFeedForward(read, on: tape) { feedForward($0, on: tape) }
  }
}
