public import Tensors

/// The part of the source that the rows of a decoding step read.
public struct SourceReading {
  /// Keys and values side by side, shape `[source rows, 2 · size]`.
  let keysAndValues: Tensor
  /// Which rows of the step read which source rows; every row of the step is in one span.
  let spans: [AttentionSpan]
  /// Receives the attention weights of each row; nil if they are not needed.
  let weights: AttentionWeights?

  /// The rows of `spans` read `keysAndValues` and write their attention weights to `weights`, which
  /// ``Tape/makeAttentionWeights(of:heads:)`` makes.
  public init(keysAndValues: Tensor, spans: [AttentionSpan], weights: AttentionWeights? = nil) {
    (self.keysAndValues, self.spans, self.weights) = (keysAndValues, spans, weights)
  }
}

/// Where a step writes the attention weights of its rows.
public struct AttentionWeights {
  /// The mean over the heads, shape `[rows, keys of the longest span]`; row *i* begins with the weights of row *i* of the
  /// step.
  public let means: Tensor
  /// The heads, from 0; nil for all.
  let heads: [Int]?
}
