internal import Machine

/// Finds the words of plain text, with their places, for looking them up in a glossary.
///
/// Words are ICU's: neither spaces nor punctuation belong to them, and text without spaces is cut by dictionaries.
public struct WordFinder: Sendable {
  /// A word of a text.
  public struct Word: Sendable, Equatable {
    /// Its bytes in the text.
    public var range: Range<Int>
    /// The word in NFC with its case folded, as UTF-8: equal for words that differ only by case.
    public var folded: [UInt8]
  }

  private let breakers: Pool<ICUWordBreaker>

  /// A finder for a language: a code of BCP 47, or "" if it is not known.
  public init(language: String) { breakers = Pool { ICUWordBreaker(language: language) } }

  /// The words of a text.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: from left to right.
  public func words(of text: [UInt8]) -> [Word] {
    breakers.withElement { breaker in
      var words: [Word] = []
      var start = 0
      while start < text.count {
        start = breaker.forEachSegment(of: text.span, from: start) { range, isWord in
          if isWord { words.append(Word(range: range, folded: caseFolded(Array(text[range])))) }
        }
      }
      return words
    }
  }
}

/// A text in NFC with its case folded.
///
/// - Parameter text: UTF-8.
/// - Returns: UTF-8.
public func caseFolded(_ text: [UInt8]) -> [UInt8] {
  if text.allSatisfy({ $0 < 0x80 }) { return text.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 } }
  var folded: [UInt8] = []
  var units = UTF16Text()
  var start = 0
  while start < text.count {
    start = units.replace(by: text.span, from: start, limit: ICU.maximalLength)
    appendUTF8(
      of: ICU.normalized(ICU.caseFolded(units.units), compatibility: false), to: &folded)
  }
  return folded
}
