internal import Machine

/// Splits lines into words, numbers and punctuation marks at ICU's word boundaries.
///
/// Nothing is lost: ``detokenize(_:)`` restores the line byte for byte. By default, there is a space between two tokens
/// in the text, unless a mark says otherwise: `Hello, "world"!` becomes `Hello ￭, "￭ world ￭" ￭!`. Marks are attached
/// to punctuation where possible, so that each word has one form. In scripts that are written without spaces, there is
/// no space by default: `我爱你。` becomes `我 爱 你 。`, without any mark. Chinese, Japanese, Thai, Lao, Khmer and Burmese
/// words are found with ICU's dictionaries.
///
/// Tokens never contain white space or control characters, which are spelled as numbers: `￮9;` is a tab.
///
/// Several threads can use a tokenizer concurrently.
///
/// Source: Unicode Standard Annex 29, "Unicode Text Segmentation", section 4; joiner marks as in OpenNMT
/// (Klein et al. 2017).
public struct ICUTokenizer: WordTokenizer {
  /// Its name.
  public static let kind = TokenizerKind.icu

  /// Breakers are reused, since opening one takes as long as tokenizing many lines.
  private let breakers: Pool<ICUWordBreaker>
  private let clitics: Clitics
  private let protected: ProtectedWords

  /// A tokenizer for a language.
  ///
  /// - Parameters:
  ///   - language: BCP 47 code of the text's language, or "" for no particular one. It determines where words are split
  ///     at apostrophes (`l' homme`, `John 's`) and selects ICU's few language-specific rules; the rules for scripts
  ///     always apply.
  ///   - protected: words that become one token each, even if they contain spaces or punctuation.
  public init(language: String = "", protected: ProtectedWords = ProtectedWords()) {
    clitics = Clitics(language: language)
    self.protected = protected
    breakers = Pool { ICUWordBreaker(language: language) }
  }

  /// The tokens of a line, separated by single spaces.
  ///
  /// - Parameter line: UTF-8 without a line feed, normalized or not.
  /// - Returns: UTF-8; empty for an empty line.
  /// - Complexity: O(`line.count`).
  public func tokenize(_ line: [UInt8]) -> [UInt8] {
    let list = breakers.withElement { pieces(of: line.span, $0) }
    var writer = TokenWriter(capacity: line.count + line.count / 4 + 8)
    for piece in list.pieces { writer.append(line.span, piece) }
    return writer.tokens
  }

  private func pieces(of line: borrowing Span<UInt8>, _ breaker: ICUWordBreaker) -> PieceList {
    guard protected.isEmpty else { return protectedPieces(of: line, breaker) }
    var list = PieceList(clitics: clitics)
    var start = 0
    while start < line.count {
      start = breaker.forEachSegment(of: line, from: start) { range, isWord in
        list.append(line, range, isWord: isWord)
      }
    }
    return list
  }

  /// The same with protected words, each of which replaces the segments that it consists of.
  private func protectedPieces(of line: borrowing Span<UInt8>, _ breaker: ICUWordBreaker) -> PieceList {
    var segments: [(range: Range<Int>, isWord: Bool)] = []
    var start = 0
    while start < line.count {
      start = breaker.forEachSegment(of: line, from: start) { segments.append(($0, $1)) }
    }
    var words = protected.ranges(in: line, segments: segments.map(\.range))[...]
    var list = PieceList(clitics: clitics)
    var end = 0
    for segment in segments where segment.range.lowerBound >= end {
      if let word = words.first, word.lowerBound == segment.range.lowerBound {
        list.appendProtected(word)
        end = word.upperBound
        words.removeFirst()
      } else {
        list.append(line, segment.range, isWord: segment.isWord)
      }
    }
    return list
  }
}
