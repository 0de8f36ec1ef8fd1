import Decoding
import Text

/// The translations of one piece of a line.
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

/// A line that waits for the translations of its pieces, or for the caller to take them.
struct PendingLine: Sendable {
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

  /// Whether the model's scores for a piece were NaN or infinite.
  var isDamaged: Bool {
    translations.contains { piece in
      piece?.alternatives.contains { $0.hypothesis.ending == .invalidScores } ?? false
    }
  }

  mutating func add(_ piece: PieceTranslation) {
    translations[piece.index] = piece
    missing -= 1
  }

  /// The line's result.
  ///
  /// If the line has several pieces, the best translations of all pieces are joined, then the second best, and so on.
  /// The joined translations are ranked again: with a length penalty, what is worse in every piece may be better in
  /// total.
  ///
  /// - Parameter isRanked: whether to sort translations best first; otherwise they stay in the order in which they were
  ///   drawn.
  /// - Returns: as many translations as the piece with the most has.
  /// - Precondition: the line is complete.
  func result(isRanked: Bool) -> TranslationResult {
    let pieces = translations.compactMap(\.self)
    let count = max(1, pieces.map(\.alternatives.count).max() ?? 1)
    let alternatives = (0..<count).map { rank in
      join(pieces.map { $0.alternatives[min(rank, $0.alternatives.count - 1)] })
    }
    return TranslationResult(
      lineNumber: number,
      alternatives: isRanked && pieces.count > 1 ? alternatives.bestFirst() : alternatives,
      wasRepaired: wasRepaired, tagIsText: tagIsText, pieces: pieces.count)
  }

  private func join(_ pieces: [PieceTranslation.Alternative]) -> TranslationResult.Alternative {
    var text: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      if index > 0 && needsSpace(gaps[index - 1], between: text, and: piece.text) {
        text.append(UInt8(ascii: " "))
      }
      text += piece.text
    }
    let sums = pieces.reduce(HypothesisSums()) { $0 + $1.hypothesis.sums }
    let scoring = pieces.first?.hypothesis.scoring ?? Scoring()
    return TranslationResult.Alternative(
      text: String(decoding: text, as: UTF8.self), score: scoring.score(sums),
      logProbability: sums.logProbability,
      reachedLimit: pieces.contains { $0.hypothesis.reachedLimit })
  }
}

extension TranslationResult.Alternative: Ranked {
  package var isWhole: Bool { !reachedLimit }
}

/// Whether translated pieces are joined with a space: as in the source, unless only one of the two languages is written
/// with spaces.
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

/// Whether a character belongs to Chinese or Japanese writing, including punctuation.
private func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x2e80...0x9fff, 0xf900...0xfaff, 0xfe30...0xfe4f, 0xff00...0xffef, 0x20000...0x3ffff: true
  default: false
  }
}
