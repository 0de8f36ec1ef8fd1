import Tokens

/// The number of merges, by which codes that were cut off are recognized.
extension BytePairSegmentation {
  /// The settings with the numbers of merges, if fewer than requested were learned.
  public static func recorded(_ settings: TextPipelineSettings, _ source: Self, _ target: Self)
    -> TextPipelineSettings
  {
    var settings = settings
    let counts = (settings.joint ? [source] : [source, target]).map(\.encoding.mergeCount)
    settings.learnedMerges = counts.contains { $0 < settings.merges } ? counts : nil
    return settings
  }

  /// Checks that codes have all their merges.
  ///
  /// Versions that did not record how many were learned requested as many as `settings` say, and learned fewer if the
  /// text had no more pairs. Then the vocabulary decides: each of its tokens is a character, or made by a merge.
  ///
  /// - Parameters:
  ///   - part: codes and vocabulary of a side, or of both.
  ///   - settings: those of the folder.
  ///   - side: the side.
  ///   - path: that of the codes, for messages.
  /// - Throws: ``VocabularyError``.
  static func checkMerges(
    _ part: BytePairPart, _ settings: TextPipelineSettings, _ side: TextPipeline.Side, path: String
  ) throws(VocabularyError) {
    let found = part.encoding.mergeCount
    if let learned = settings.learnedMerges {
      let expected = learned[settings.joint || side == .source ? 0 : 1]
      guard found >= expected else { throw .missingMerges(found: found, expected: expected, path: path) }
    } else if found < settings.merges, let token = part.encoding.firstUnmakeable(of: part.vocabulary) {
      throw .unmakeableToken(token, found: found, requested: settings.merges, path: path)
    }
  }
}

extension BytePairEncoding {
  /// The first token of a vocabulary that is neither a character nor made by a merge; nil if there is none.
  fileprivate func firstUnmakeable(of vocabulary: Vocabulary) -> String? {
    let marks = SubwordMarks(vocabulary)
    for id in 0..<TokenID(vocabulary.count) where vocabulary.isText(id) {
      let text = Array(marks.text(of: id))
      guard !text.isEmpty, characterEnd(in: text.span, from: 0) < text.count else { continue }
      let isFinal = text.count == vocabulary[id].count
      let symbol = isFinal ? text + Self.endOfWord : text
      guard let index = symbols.find(symbol.span), origins[index] >= 0 else {
        return String(decoding: vocabulary[id], as: UTF8.self)
      }
    }
    return nil
  }
}
