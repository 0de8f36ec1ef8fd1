import Confidence
import Decoding
import Terminology
import Text

/// The translations of one piece of a line.
struct PieceTranslation: Sendable {
  var line: Int
  var index: Int
  /// The number of tokens that the model read.
  var sourceTokens: Int
  /// Best first.
  var alternatives: [Alternative]

  struct Alternative: Sendable {
    var text: [UInt8]
    var hypothesis: Hypothesis
    /// Its words' alignment; nil if the attention was not recorded.
    var alignment: TranslationAlignment?
    /// The word by which it differs from others; nil unless alternatives were asked for.
    var word: TranslationResult.Word?
    /// Its tokens, if they are wanted.
    var tokens: [TranslationResult.Token] = []
    /// Its words, if they are wanted and the search computes scores.
    var words: [TranslationResult.Word] = []
    /// Its expected utility; nil unless it was chosen by minimum risk.
    var utility: Double?
    /// What became of its protected spans.
    var protected: [ProtectedResult] = []
  }
}

extension PieceTranslation {
  /// A piece without words, which is its own translation.
  fileprivate init?(unchanged piece: LineCutter.Piece, line: Int, index: Int) {
    guard let spans = piece.spans else { return nil }
    let (text, protected) = spans.unchanged
    let hypothesis = Hypothesis(tokens: [], sums: HypothesisSums(), scoring: Scoring())
    (self.line, self.index, sourceTokens) = (line, index, 0)
    alternatives = [.init(text: text, hypothesis: hypothesis, alignment: .init(), protected: protected)]
  }
}

/// A line that waits for the translations of its pieces, or for the caller to take them.
struct PendingLine: Sendable {
  /// What is known of a piece before it is translated.
  struct Piece: Sendable {
    /// What separates it from the next.
    var gap: LineCutter.Gap
    /// Tabs and no-break spaces to put back.
    var spacing: InnerSpacing?
    /// The terms in it, in order.
    var terms: [Glossary.Term]
  }

  let number: Int
  let wasRepaired: Bool
  let tagIsText: Bool
  /// The white space at the ends of the line.
  private let leading, trailing: [UInt8]
  /// The translations that are given, and whether the model reads only the beginning of the line.
  private let given: [[UInt8]]
  private let isCut: Bool
  private let spans: LineSpans?
  private let pieces: [Piece]
  private var translations: [PieceTranslation?]
  private var missing: Int
  /// When it was prepared and when its last piece was translated; nil if nobody wants to know.
  private var arrival, completion: ContinuousClock.Instant?

  /// - Parameters:
  ///   - number: counted from 1.
  ///   - line: the line.
  ///   - measuresTime: whether to measure how long its translation takes.
  init(number: Int, _ line: LinePreparation.Line, measuresTime: Bool = false) {
    (self.number, wasRepaired, tagIsText) = (number, line.wasRepaired, line.tagIsText)
    (leading, trailing) = (line.leading, line.trailing)
    (given, isCut) = (line.given, line.isCut)
    pieces = line.pieces.map {
      Piece(gap: $0.gap, spacing: $0.spacing, terms: $0.terms)
    }
    spans = line.spans
    translations = line.pieces.enumerated().map { index, piece in
      piece.isItsTranslation ? PieceTranslation(unchanged: piece, line: number - 1, index: index) : nil
    }
    missing = translations.count { $0 == nil }
    if measuresTime { arrival = .now }
    if isComplete { completion = arrival }
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
    if isComplete, arrival != nil { completion = .now }
  }

  /// The line's result.
  ///
  /// If the line has several pieces, the best translations of all pieces are joined, then the second best, and so on.
  /// The joined translations are ranked again: with a length penalty, what is worse in every piece may be better in
  /// total.
  ///
  /// - Parameters:
  ///   - isRanked: whether to sort translations best first; otherwise they stay in the order in which they were drawn.
  ///   - termCheck: finds out whether translations have the line's terms.
  ///   - confidence: what probabilities are worth; nil if that is not wanted.
  /// - Returns: as many translations as the piece with the most has.
  /// - Precondition: the line is complete.
  func result(isRanked: Bool, _ termCheck: TermCheck, _ confidence: ConfidenceMap? = nil) -> TranslationResult
  {
    let found = translations.compactMap(\.self)
    let count = max(1, found.map(\.alternatives.count).max() ?? 1)
    var alternatives = (0..<count).map { rank in
      join(found.map { $0.alternatives[min(rank, $0.alternatives.count - 1)] }, termCheck)
    }
    // Nothing can be said about the translation of nothing.
    if found.isEmpty, !given.isEmpty {
      alternatives = given.map {
        .init(text: String(decoding: $0, as: UTF8.self), score: 0, logProbability: 0, reachedLimit: false)
      }
    }
    if let confidence {
      for index in alternatives.indices { confidence.apply(to: &alternatives[index]) }
    }
    var result = TranslationResult(
      lineNumber: number,
      alternatives: isRanked && found.count > 1 ? alternatives.bestFirst() : alternatives,
      wasRepaired: wasRepaired, tagIsText: tagIsText,
      isShort: found.contains(where: \.isShort),
      isList: given.count > 1 || found.first?.alternatives.first?.word != nil,
      pieces: pieces.count)
    if let arrival, let completion { result.duration = completion - arrival }
    return result
  }

  private func join(_ found: [PieceTranslation.Alternative], _ termCheck: TermCheck)
    -> TranslationResult.Alternative
  {
    var text: [UInt8] = []
    var terms: [TermResult] = []
    var alignment: TranslationAlignment? =
      found.isEmpty || found.contains { $0.alignment == nil } ? nil : .init()
    for (index, piece) in found.enumerated() {
      if index > 0 { text += space(pieces[index - 1].gap, between: text, and: piece.text) }
      let restored = pieces[index].restored(in: piece.text)
      text += restored
      terms += pieces[index].results(in: restored, termCheck)
      if let next = piece.alignment { alignment?.append(next) }
    }
    if let spans { text = spans.restored(in: text) }
    if !text.isEmpty { text = leading + text + trailing }
    if let index = found.first?.hypothesis.given { text = given[index] }
    let sums = found.reduce(HypothesisSums()) { $0 + $1.hypothesis.sums }
    // Pieces that nobody translated have none.
    let scoring =
      (found.first { !$0.hypothesis.tokens.isEmpty } ?? found.first)?.hypothesis.scoring ?? Scoring()
    var result = TranslationResult.Alternative(
      text: String(decoding: text, as: UTF8.self), score: scoring.score(sums),
      logProbability: sums.logProbability,
      reachedLimit: isCut || found.contains { $0.hypothesis.reachedLimit })
    (result.terms, result.alignment) = (terms, alignment)
    result.word = found.first?.word
    result.protected = found.flatMap(\.protected)
    (result.length, result.tokens) = (sums.length, found.flatMap(\.tokens))
    result.words = found.flatMap(\.words)
    let utilities = found.compactMap(\.utility)
    if !utilities.isEmpty { result.utility = utilities.reduce(0, +) / Double(utilities.count) }
    let repetitions = found.map(\.hypothesis.repetition)
    result.repetition =
      repetitions.contains(.remains) ? .remains : repetitions.contains(.replaced) ? .replaced : .none
    return result
  }
}

extension TranslationResult.Alternative: Ranked {
  package var isWhole: Bool { !reachedLimit }
}

extension PieceTranslation {
  /// Source tokens below which a short translation says nothing: an idiom may be a single word.
  private static let tellingLength = 12

  /// Whether the best translation is so much shorter than the source that a part of it must be missing.
  ///
  /// Translations of a sentence have about as many tokens as the sentence; with less than two fifths, at least half of it
  /// is missing.
  fileprivate var isShort: Bool {
    guard sourceTokens >= Self.tellingLength, let best = alternatives.first,
      !best.hypothesis.tokens.isEmpty
    else { return false }
    return 5 * best.hypothesis.tokens.count < 2 * sourceTokens
  }
}

extension PendingLine.Piece {
  /// Which forms of its terms a translation has.
  fileprivate func results(in text: [UInt8], _ check: TermCheck) -> [TermResult] {
    if terms.isEmpty { return [] }
    let found = check.found(terms.map(\.targets), in: String(decoding: text, as: UTF8.self))
    return zip(terms, found).map { TermResult(source: $0.source, targets: $0.targets, found: $1) }
  }

  fileprivate func restored(in text: [UInt8]) -> [UInt8] {
    guard let spacing else { return text }
    return Array(spacing.restored(in: String(decoding: text, as: UTF8.self)).utf8)
  }
}

/// What is between two translated pieces.
private func space(_ gap: LineCutter.Gap, between left: [UInt8], and right: [UInt8]) -> [UInt8] {
  if case .exactly(let space) = gap { return left.isEmpty || right.isEmpty ? [] : space }
  return needsSpace(gap, between: left, and: right) ? [UInt8(ascii: " ")] : []
}

/// Whether translated pieces are joined with a space: as in the source, unless only one of the two languages is written
/// with spaces.
private func needsSpace(_ gap: LineCutter.Gap, between left: [UInt8], and right: [UInt8]) -> Bool {
  guard let last = String(decoding: left.suffix(4), as: UTF8.self).unicodeScalars.last,
    let first = String(decoding: right.prefix(4), as: UTF8.self).unicodeScalars.first
  else { return false }
  return switch gap {
  case .exactly, .space: !(isWrittenWithoutSpaces(last) && isWrittenWithoutSpaces(first))
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
