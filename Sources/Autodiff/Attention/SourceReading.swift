public import Tensors

/// The part of the source that the rows of a decoding step read.
public struct SourceReading {
  /// Keys and values side by side, shape `[source rows, 2 · size]`.
  let keysAndValues: Tensor
  /// Which rows of the step read which source rows; every row of the step is in one span.
  let spans: [AttentionSpan]
  /// Receives the attention weights of each row, the mean over heads; nil if they are not needed.
  let weights: Tensor?

  /// The rows of `spans` read `keysAndValues` and write their attention weights to `weights`, which
  /// ``Tape/makeAttentionWeights(of:)`` makes.
  public init(keysAndValues: Tensor, spans: [AttentionSpan], weights: Tensor? = nil) {
    (self.keysAndValues, self.spans, self.weights) = (keysAndValues, spans, weights)
  }
}
