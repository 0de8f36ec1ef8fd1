private import Tensors

extension Tape {
  /// What the embeddings of some words are multiplied by, where whole words are dropped at random.
  ///
  /// A word that is dropped has an embedding of zeros, though still a place in its sentence; the others are scaled
  /// so that the expectation stays. Embeddings are zeroed and words not replaced by `<unk>`, since `<unk>` says
  /// something here: a word that cannot be spelled, to be copied. Every occurrence is drawn for itself, as Sennrich
  /// et al. do; Gal and Ghahramani drop all occurrences of a word together.
  ///
  /// - Parameters:
  ///   - ids: one word a row.
  ///   - rate: the share of words that are dropped, `0 ..< 1`; outside of training none is.
  ///   - spared: what is never dropped, and never scaled.
  /// - Returns: for `embed`, 0, 1 or 1 / (1 - rate) a row; nil where nothing is dropped.
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
