internal import Autodiff
internal import Tensors
internal import Text

/// Token embeddings with sinusoidal positions: what a stack of layers reads.
///
/// Source: Vaswani et al. 2017, sections 3.4 and 3.5.
struct Embeddings: Sendable {
  /// Shape `[vocabularySize, size]`.
  let table: Parameter
  let positions: [Float]
  let scale: Float
  let dropoutRate: Float

  init(_ configuration: ModelConfiguration, table: Parameter) {
    self.table = table
    positions = sinusoidalPositions(
      configuration.maxPositions, size: configuration.size, halves: configuration.positionLayout == .halves)
    scale = configuration.scalesEmbeddings ? Float(configuration.size).squareRoot() : 1
    dropoutRate = configuration.dropout
  }

  /// The embeddings of tokens at their places.
  ///
  /// - Parameters:
  ///   - ids: one token a row.
  ///   - positions: each row's place in its sentence.
  ///   - wordDropout: the share of words whose embedding is left out, in training; `<s>` and `</s>` are no words.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[ids.count, size]`.
  func callAsFunction(_ ids: [Int32], positions: [Int32], wordDropout: Float = 0, on tape: Tape) -> Tensor {
    let factors = tape.wordDropout(
      ids, rate: wordDropout, sparing: [SpecialToken.beginning, SpecialToken.end])
    return tape.embed(
      ids: ids, positions: positions, table: table, encoding: self.positions, scale: scale,
      factors: factors, dropoutRate: dropoutRate)
  }
}
