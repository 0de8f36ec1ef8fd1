internal import Machine

/// Splits lines into sentences.
///
/// Boundaries are ICU's (Unicode Standard Annex 29, section 5), except that a sentence goes on
/// - before a word in lowercase: `"Where?" asked Tom.`
/// - after titles, abbreviations and initials: `Dr. Smith`, `No. 5`, `J. Doe`; see ``Abbreviations``;
/// - after ordinal numbers, in languages that write them with a period: `am 3. Mai`;
/// - if it has no letter or digit: `1. Open the box.` and `Stop! 🙂` are one sentence each.
///
/// In text that is already tokenized, a sentence ends after a token that is a final punctuation mark.
///
/// Several threads can use a splitter concurrently.
public struct SentenceSplitter: Sendable {
  /// Breakers are reused, since opening one takes as long as splitting many lines.
  private let breakers: Pool<ICUSentenceBreaker>
  private let isTokenized: Bool
  private let hasOrdinalPeriods: Bool

  /// A splitter for a language.
  ///
  /// - Parameters:
  ///   - language: BCP 47 code of the text's language, or "" for no particular one.
  ///   - isTokenized: whether lines are tokens separated by spaces.
  public init(language: String = "", isTokenized: Bool = false) {
    self.isTokenized = isTokenized
    hasOrdinalPeriods = Abbreviations.languagesWithOrdinalPeriods.contains(primaryLanguage(of: language))
    breakers = Pool { ICUSentenceBreaker(language: language) }
  }

  /// The sentences of a line, as byte ranges in order, without the white space around them.
  ///
  /// - Parameter line: UTF-8 without a line feed.
  /// - Returns: ranges that together contain everything but white space; none for a blank line.
  /// - Complexity: O(`line.count`).
  public func sentences(of line: [UInt8]) -> [Range<Int>] {
    let bytes = line.span
    let whole = WhiteSpace.trimmed(bytes, 0..<bytes.count)
    guard !whole.isEmpty else { return [] }
    guard Self.mayEndWithin(line, whole) else { return [whole] }
    let ends =
      isTokenized
      ? SentenceText.tokenizedEnds(bytes) : breakers.withElement { $0.sentenceEnds(of: bytes) }
    // What has no letter is no sentence. The places of letters are found once, so that no text takes long.
    guard let lastLetter = SentenceText.lastLetter(bytes, whole) else { return [whole] }
    var sentences: [Range<Int>] = []
    var start = whole.lowerBound
    var firstLetter = SentenceText.firstLetter(bytes, whole)
    for boundary in ends {
      // A closing mark after a space, as in French, belongs to what it closes.
      let end = SentenceText.endAfterClosingMarks(bytes, boundary)
      guard end > start && end < whole.upperBound, firstLetter < end, end <= lastLetter else { continue }
      let sentence = WhiteSpace.trimmed(bytes, start..<end)
      let rest = WhiteSpace.trimmed(bytes, end..<whole.upperBound)
      guard isBoundary(bytes, sentence, rest) else { continue }
      sentences.append(sentence)
      start = rest.lowerBound
      firstLetter = SentenceText.firstLetter(bytes, rest)
    }
    sentences.append(start..<whole.upperBound)
    return sentences
  }

  private func isBoundary(_ line: borrowing Span<UInt8>, _ sentence: Range<Int>, _ rest: Range<Int>) -> Bool {
    if isTokenized { return true }
    let next = SentenceText.firstWord(line, rest)
    if next.isLowercase { return false }
    let last = SentenceText.lastWord(line, sentence)
    guard last.hasSuffix(".") else { return true }
    if hasOrdinalPeriods && last.count <= 3 && last.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }) {
      return false
    }
    return !Abbreviations.continues(last, before: next.text)
  }

  /// Whether a sentence may end before the end of the text.
  private static func mayEndWithin(_ line: [UInt8], _ text: Range<Int>) -> Bool {
    var isAfterMark = false
    for byte in line[text] {
      switch byte {
      // The semicolon is the question mark of Greek.
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): isAfterMark = true
      // Quotation marks and brackets may close a sentence.
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"): break
      // First bytes of the marks of other scripts, from Armenian on, and of typographic ones.
      case 0xCD, 0xD6...0xFF: return true
      default: if isAfterMark { return true }
      }
    }
    return false
  }
}
