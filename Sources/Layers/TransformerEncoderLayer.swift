public import Autodiff
public import Tensors

/// Self-attention and feed-forward network, each in its residual connection.
///
/// Source: Vaswani et al. 2017, section 3.1, figure 1 left.
public struct TransformerEncoderLayer: Sendable {
  let selfAttention: SelfAttention
  let aroundAttention: ResidualConnection
  let feedForward: FeedForward
  let aroundFeedForward: ResidualConnection

  /// Declares the layer's parameters under Hugging Face Marian's names.
  public init(_ options: LayerOptions, in builder: inout ParameterBuilder) {
    selfAttention = options.selfAttention(in: &builder)
    aroundAttention = options.residual("self_attn_layer_norm", in: &builder)
    feedForward = options.feedForward(in: &builder)
    aroundFeedForward = options.residual("final_layer_norm", in: &builder)
  }

  /// Applies the layer to all positions of all sentences.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`, the sentences' tokens one after another.
  ///   - spans: one for each sentence.
  ///   - tape: records the operations.
  /// - Returns: the same shape.
  public func callAsFunction(_ x: Tensor, spans: [AttentionSpan], on tape: Tape) -> Tensor {
    let attended = aroundAttention(x, on: tape) { selfAttention($0, spans: spans, causal: false, on: tape) }
    return aroundFeedForward(attended, on: tape) { feedForward($0, on: tape) }
  }
}
