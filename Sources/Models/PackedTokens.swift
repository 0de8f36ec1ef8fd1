internal import Autodiff
internal import Tokens

/// A batch without its padding: the tokens of all sentences one after another.
///
/// This is where padding is masked. Every dense layer works on rows, one a real token, and attention stays
/// inside each sentence's range of rows; a padded position is not computed and cannot be read.
struct PackedTokens {
  /// One id a row.
  let ids: [TokenID]
  /// Each row's place in its sentence, from 0.
  let positions: [Int32]
  /// Each sentence's rows, in order.
  let sentences: [Range<Int>]

  /// The tokens of a batch, sentence by sentence.
  init(_ batch: TokenBatch) {
    self.init(batch, shiftedRight: false)
  }

  /// What the decoder reads for these targets: `<s>` and all tokens but the last.
  ///
  /// - Parameter batch: target sentences that end in `</s>`.
  /// - Returns: as many rows as the batch has tokens, in its order.
  static func decoderInput(_ batch: TokenBatch) -> PackedTokens { PackedTokens(batch, shiftedRight: true) }

  /// The tokens of sentences one after another.
  init(_ sentences: [[TokenID]]) {
    var rows: [Range<Int>] = []
    for sentence in sentences {
      let start = rows.last?.upperBound ?? 0
      rows.append(start..<start + sentence.count)
    }
    ids = sentences.flatMap { $0 }
    positions = sentences.flatMap { (0..<Int32($0.count)) }
    self.sentences = rows
  }

  private init(_ batch: TokenBatch, shiftedRight: Bool) {
    var (ids, positions, sentences): ([TokenID], [Int32], [Range<Int>]) = ([], [], [])
    ids.reserveCapacity(batch.tokenCount)
    positions.reserveCapacity(batch.tokenCount)
    for index in 0..<batch.count {
      let tokens = batch[sentence: index]
      let start = ids.count
      if shiftedRight, !tokens.isEmpty {
        ids.append(SpecialToken.beginning)
        ids += tokens.dropLast()
      } else {
        ids += tokens
      }
      positions += (0..<Int32(tokens.count))
      sentences.append(start..<ids.count)
    }
    (self.ids, self.positions, self.sentences) = (ids, positions, sentences)
  }

  /// Every sentence reads itself.
  var spans: [AttentionSpan] { sentences.map { AttentionSpan(queries: $0, keys: $0) } }
}
