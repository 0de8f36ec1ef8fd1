import Files
import Translation

/// A sentence with its translation, word by word; places are ranges of UTF-16 code units, with which scripts count.
struct TranslatedSentence: Sendable, Equatable {
  /// A word of the translation.
  struct Word: Sendable, Equatable {
    var place: Range<Int>
    /// The places of the words of the source that it comes from.
    var sources: [Range<Int>] = []
    /// The probability that a reference translation has it; nil if the model was not calibrated.
    var confidence: Double?
  }

  /// The sentence, and the white space behind it.
  var source, space: String
  var translation: String
  /// The words of the translation in order; those that are not found in it are left out.
  var words: [Word] = []
  /// Terms of the glossary that the translation should have, and does not.
  var missingTerms: [String] = []

  /// A sentence that stays as it is.
  init(unchanged piece: SentencePieces.Piece) {
    (source, space, translation) = (piece.text, piece.space, piece.text)
  }

  /// - Parameters:
  ///   - piece: the sentence.
  ///   - result: its translation.
  ///   - isDirect: whether the model read the sentence itself, not its translation into a third language.
  init(_ piece: SentencePieces.Piece, _ result: TranslationResult.Alternative, isDirect: Bool) {
    (source, space, translation) = (piece.text, piece.space, result.text)
    missingTerms = result.terms.filter { $0.found == nil }.map(\.source)
    let alignment = isDirect ? result.alignment : nil
    let texts = alignment?.targetTexts ?? result.words.map(\.text)
    var words = wordPlaces(texts, in: translation).map { $0.map { Word(place: $0) } }
    if let alignment {
      let sources = wordPlaces(alignment.sourceTexts, in: source)
      for link in alignment.links where words.indices.contains(link.target) {
        guard sources.indices.contains(link.source), let place = sources[link.source] else { continue }
        words[link.target]?.sources.append(place)
      }
    }
    if isDirect, result.words.count == words.count {
      let given = Set(result.terms.compactMap(\.found).flatMap(letterGroups))
      // Words that somebody prescribed are sure, however little the model expected them.
      for (index, word) in result.words.enumerated() where !given.contains(word.text.lowercased()) {
        words[index]?.confidence = word.confidence
      }
    }
    self.words = words.compactMap(\.self)
  }

  var json: JSONTree {
    .members([
      "source": .string(source), "space": .string(space), "translation": .string(translation),
      "words": .array(words.map(\.json)), "missingTerms": .strings(missingTerms),
    ])
  }
}

/// The words of a term in lower case.
private func letterGroups(_ term: String) -> [String] {
  term.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
}

extension JSONTree {
  /// A probability in thousandths; 0 for what is not a number, which JSON does not have.
  static func probability(_ value: Double) -> JSONTree {
    .number(value.isFinite ? String((min(1, value) * 1000).rounded() / 1000) : "0")
  }
}

extension TranslatedSentence.Word {
  var json: JSONTree {
    func numbers(_ range: Range<Int>) -> JSONTree {
      .array([.integer(range.lowerBound), .integer(range.upperBound)])
    }
    var members: [JSONTree.Member] = [.init(key: "place", value: numbers(place))]
    if !sources.isEmpty { members.append(.init(key: "sources", value: .array(sources.map(numbers)))) }
    if let confidence {
      members.append(.init(key: "confidence", value: .probability(confidence)))
    }
    return .object(members)
  }
}
