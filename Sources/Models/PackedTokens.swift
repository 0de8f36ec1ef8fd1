internal import Autodiff
internal import Tokens

/// A batch without its padding: the tokens of all sentences one after another.
///
/// This replaces padding masks. Every dense layer works on rows, one for each real token, and attention stays inside
/// each sentence's range of rows; a padded position is not computed and cannot be read.
struct PackedTokens {
  /// One id for each row.
  let ids: [TokenID]
  /// Each row's position in its sentence, from 0.
  let positions: [Int32]
  /// Each sentence's rows, in order.
  let sentences: [Range<Int>]

  /// The tokens of a batch, sentence by sentence.
  init(_ batch: TokenBatch) {
    self.init(batch, shiftedRightAfter: nil)
  }

  /// The decoder's input for these targets: the beginning token and all tokens but the last.
  ///
  /// - Parameters:
  ///   - batch: target sentences with their end tokens.
  ///   - beginning: the decoder's first input.
  /// - Returns: as many rows as the batch has tokens, in its order.
  static func decoderInput(_ batch: TokenBatch, beginning: TokenID) -> PackedTokens {
    PackedTokens(batch, shiftedRightAfter: beginning)
  }

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

  private init(_ batch: TokenBatch, shiftedRightAfter beginning: TokenID?) {
    var (ids, positions, sentences): ([TokenID], [Int32], [Range<Int>]) = ([], [], [])
    ids.reserveCapacity(batch.tokenCount)
    positions.reserveCapacity(batch.tokenCount)
    for index in 0..<batch.count {
      let tokens = batch[sentence: index]
      let start = ids.count
      if let beginning, !tokens.isEmpty {
        ids.append(beginning)
        ids += tokens.dropLast()
      } else {
        ids += tokens
      }
      positions += (0..<Int32(tokens.count))
      sentences.append(start..<ids.count)
    }
    (self.ids, self.positions, self.sentences) = (ids, positions, sentences)
  }

  /// Spans in which every sentence reads itself.
  var spans: [AttentionSpan] { sentences.map { AttentionSpan(queries: $0, keys: $0) } }
}
