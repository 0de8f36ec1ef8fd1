private import Tensors

extension Tape {
  /// Factors for embeddings that drop whole words at random.
  ///
  /// A dropped word has an embedding of zeros, but still has its position; the others are scaled up to keep the
  /// expectation. Words are not replaced by `<unk>`, because `<unk>` has a meaning: a word that cannot be spelled and
  /// is to be copied. Every occurrence is drawn independently, as in Sennrich et al.; Gal and Ghahramani drop all
  /// occurrences of a word together.
  ///
  /// - Parameters:
  ///   - ids: one word for each row.
  ///   - rate: the fraction of words to drop, `0 ..< 1`; outside of training none are dropped.
  ///   - spared: words that are never dropped and never scaled.
  /// - Returns: a factor for each row, 0, 1 or 1 / (1 - rate), as `embed` takes them; nil if nothing is dropped.
  ///
  /// Source: Gal and Ghahramani 2016, "A Theoretically Grounded Application of Dropout in Recurrent Neural
  /// Networks"; Sennrich et al. 2016, "Edinburgh Neural Machine Translation Systems for WMT 16".
  public func wordDropout(_ ids: [Int32], rate: Float, sparing spared: Set<Int32>) -> [Float]? {
    let rate = activeRate(rate)
    guard rate > 0 else { return nil }
    var random = RandomSource(dropoutKey(rate))
    return ids.map { id in
      let isDropped = random.uniform() < rate
      return spared.contains(id) ? 1 : isDropped ? 0 : 1 / (1 - rate)
    }
  }
}
