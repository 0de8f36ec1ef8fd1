import Decoding
import Text

/// What a search found for one piece of a line.
struct PieceTranslation: Sendable {
  var line: Int
  var index: Int
  /// Best first.
  var alternatives: [Alternative]

  struct Alternative: Sendable {
    var text: [UInt8]
    var hypothesis: Hypothesis
  }
}

/// A line whose translation is not complete.
struct PendingLine {
  let number: Int
  let wasRepaired: Bool
  let tagIsText: Bool
  private let gaps: [LineCutter.Gap]
  private var translations: [PieceTranslation?]
  private var missing: Int

  init(number: Int, wasRepaired: Bool, tagIsText: Bool, gaps: [LineCutter.Gap]) {
    (self.number, self.wasRepaired, self.tagIsText, self.gaps) = (number, wasRepaired, tagIsText, gaps)
    translations = Array(repeating: nil, count: gaps.count)
    missing = gaps.count
  }

  /// Whether all pieces are translated.
  var isComplete: Bool { missing == 0 }

  mutating func add(_ piece: PieceTranslation) {
    translations[piece.index] = piece
    missing -= 1
  }

  /// The line's result.
  ///
  /// Of a line in pieces, the best translation is that of the best of all pieces, the second that of the
  /// second ones, and so on.
  ///
  /// - Precondition: the line is complete.
  func result(penalty: LengthPenalty) -> TranslationResult {
    let pieces = translations.compactMap(\.self)
    let count = max(1, pieces.map(\.alternatives.count).max() ?? 1)
    let alternatives = (0..<count).map { rank in
      join(pieces.map { $0.alternatives[min(rank, $0.alternatives.count - 1)] }, penalty: penalty)
    }
    return TranslationResult(
      lineNumber: number, alternatives: alternatives, wasRepaired: wasRepaired, tagIsText: tagIsText,
      pieces: pieces.count)
  }

  private func join(_ pieces: [PieceTranslation.Alternative], penalty: LengthPenalty)
    -> TranslationResult.Alternative
  {
    var text: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      if index > 0 && needsSpace(gaps[index - 1], between: text, and: piece.text) {
        text.append(UInt8(ascii: " "))
      }
      text += piece.text
    }
    let sum = pieces.reduce(0) { $0 + $1.hypothesis.logProbability }
    let length = pieces.reduce(0) { $0 + $1.hypothesis.length }
    return TranslationResult.Alternative(
      text: String(decoding: text, as: UTF8.self),
      score: penalty.score(logProbability: sum, length: max(1, length)), logProbability: sum,
      reachedLimit: pieces.contains { $0.hypothesis.reachedLimit })
  }

}

/// Whether translated pieces are joined with a space: as in the source, unless just one of the two languages
/// is written with spaces.
private func needsSpace(_ gap: LineCutter.Gap, between left: [UInt8], and right: [UInt8]) -> Bool {
  guard let last = String(decoding: left.suffix(4), as: UTF8.self).unicodeScalars.last,
    let first = String(decoding: right.prefix(4), as: UTF8.self).unicodeScalars.first
  else { return false }
  return switch gap {
  case .space: !(isWrittenWithoutSpaces(last) && isWrittenWithoutSpaces(first))
  case .punctuation: !isWrittenWithoutSpaces(last)
  case .none: false
  }
}

/// Whether a character is of Chinese or Japanese writing, punctuation included.
private func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2e80...0x9fff, 0xf900...0xfaff, 0xfe30...0xfe4f, 0xff00...0xffef, 0x20000...0x3ffff: true
  default: false
  }
}
