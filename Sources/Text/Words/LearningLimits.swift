/// What is too long to learn a vocabulary from, such as hex dumps and files without line ends; nil: nothing is.
///
/// Lengths are in characters (code points).
public struct LearningLimits: Sendable, Equatable {
  /// Words with more characters are left out.
  public var wordLength: Int?
  /// Lines with more characters are left out, with all their words.
  public var lineLength: Int?

  /// Nothing is too long.
  public init() {}

  /// Limits.
  public init(wordLength: Int?, lineLength: Int?) {
    (self.wordLength, self.lineLength) = (wordLength, lineLength)
  }

  /// What was too long in a text.
  public struct Excess: Sendable, Equatable {
    /// Number of words, including repetitions, not counting those in lines that were left out.
    public internal(set) var words = 0
    /// Number of lines.
    public internal(set) var lines = 0

    /// Nothing was too long.
    public init() {}
  }

  /// Whether a line is short enough.
  func accepts(line: [UInt8]) -> Bool { Self.length(of: line.span, isAtMost: lineLength) }

  /// Whether a word is short enough.
  func accepts(word: Span<UInt8>) -> Bool { Self.length(of: word, isAtMost: wordLength) }

  private static func length(of text: Span<UInt8>, isAtMost limit: Int?) -> Bool {
    // No character takes more than four bytes, nor less than one.
    guard let limit, text.count > limit else { return true }
    var characters = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 { characters += 1 }
    return characters <= limit
  }
}
