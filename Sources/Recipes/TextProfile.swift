public import Text

/// The statistics of the training text that recipes use.
public struct TextProfile: Sendable, Equatable {
  /// One side of the text.
  public struct Side: Sendable, Equatable {
    /// Number of words and punctuation marks, repeats included.
    public var words: Int
    /// Number of different words.
    public var types: Int
    /// Number of different characters.
    public var characters: Int
    /// The share of letters of each script, by ISO 15924 codes such as `Latn`.
    public var scripts: [String: Double]

    /// A side with the figures given.
    public init(words: Int, types: Int, characters: Int, scripts: [String: Double]) {
      (self.words, self.types, self.characters, self.scripts) = (words, types, characters, scripts)
    }

    /// A side from word counts.
    public init(_ counts: WordCounts) {
      self.init(
        words: counts.tokens, types: counts.types, characters: counts.characters,
        scripts: counts.scriptShares)
    }

    /// The most frequent script; empty for a text without letters.
    public var mainScript: String {
      scripts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }
  }

  /// Number of sentence pairs.
  public var pairs: Int
  /// The source side.
  public var source: Side
  /// The target side.
  public var target: Side

  /// A profile with the figures given.
  public init(pairs: Int, source: Side, target: Side) {
    (self.pairs, self.source, self.target) = (pairs, source, target)
  }

  /// The share of letters in scripts common to both sides, from 0 to 1.
  public var sharedScripts: Double {
    source.scripts.reduce(0) { $0 + min($1.value, target.scripts[$1.key] ?? 0) }
  }
}
