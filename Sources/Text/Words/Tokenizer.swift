internal import Machine

/// How lines are cut into tokens.
public enum TokenizerKind: String, Sendable, CaseIterable {
  /// By ICU's word boundaries; ``Detokenizer`` restores the line byte for byte.
  case icu
  /// At spaces: for text that is tokenized already.
  case whitespace
}

/// Cuts lines into tokens: words, numbers, punctuation marks.
///
/// With ``TokenizerKind/icu`` nothing is lost. Tokens have a space between them in the text, unless a mark
/// says otherwise: `Hello, "world"!` becomes `Hello ￭, "￭ world ￭" ￭!`. Marks stand on punctuation where
/// they can, so that words have one form. Between tokens of scripts that are written without spaces the
/// default is that nothing stands between: `我爱你。` becomes `我 爱 你 。`, without any mark.
/// Chinese, Japanese, Thai, Lao, Khmer and Burmese words are found by ICU's dictionaries.
///
/// No token contains white space or a control character: those are spelled as numbers, `￮9;` for a tab.
///
/// A tokenizer can be used by several threads at once.
///
/// Source: Unicode Standard Annex 29, "Unicode Text Segmentation", section 4; joiner marks as in OpenNMT
/// (Klein et al. 2017).
public struct Tokenizer: Sendable {
  /// How lines are cut.
  public let kind: TokenizerKind

  /// Kept, since opening one takes as long as tokenizing many lines.
  private let breakers: Pool<ICUWordBreaker>?
  private let clitics: Clitics

  /// A tokenizer for a language.
  ///
  /// - Parameters:
  ///   - kind: How lines are cut.
  ///   - language: BCP 47 code of the text's language, "" for none in particular. It decides on apostrophes
  ///     (`l' homme`, `John 's`) and on ICU's few special rules; the rules of all scripts are always there.
  public init(kind: TokenizerKind = .icu, language: String = "") {
    self.kind = kind
    clitics = Clitics(language: language)
    breakers = kind == .icu ? Pool { ICUWordBreaker(language: language) } : nil
  }

  /// The tokens of a line, with one space between two.
  ///
  /// - Parameter line: UTF-8 without a line feed, as it came or normalized.
  /// - Returns: UTF-8; nothing for an empty line.
  /// - Complexity: O(`line.count`).
  public func tokenize(_ line: [UInt8]) -> [UInt8] {
    guard let breakers else { return withSingleSpaces(line) }
    let list = breakers.withElement { pieces(of: line.span, $0) }
    var writer = TokenWriter(capacity: line.count + line.count / 4 + 8)
    for piece in list.pieces { writer.append(line.span, piece) }
    return writer.tokens
  }

  private func pieces(of line: borrowing Span<UInt8>, _ breaker: ICUWordBreaker) -> PieceList {
    var list = PieceList(clitics: clitics)
    var start = 0
    while start < line.count {
      start = breaker.forEachSegment(of: line, from: start) { range, isWord in
        list.append(line, range, isWord: isWord)
      }
    }
    return list
  }

  /// The line with one space for each run of ASCII white space, and none at its ends.
  private func withSingleSpaces(_ line: [UInt8]) -> [UInt8] {
    var tokens: [UInt8] = []
    tokens.reserveCapacity(line.count)
    var isBetween = false
    for byte in line {
      if byte == 0x20 || 0x09...0x0D ~= byte {
        isBetween = !tokens.isEmpty
      } else {
        if isBetween { tokens.append(0x20) }
        isBetween = false
        tokens.append(byte)
      }
    }
    return tokens
  }
}
