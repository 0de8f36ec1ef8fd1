public import Text

/// What a recipe has to know of the training text.
public struct TextProfile: Sendable, Equatable {
  /// One side of the text.
  public struct Side: Sendable, Equatable {
    /// Words and punctuation marks, repeats counted.
    public var words: Int
    /// Different ones.
    public var types: Int
    /// Different characters.
    public var characters: Int
    /// The share of letters of each script, by ISO 15924 codes such as `Latn`.
    public var scripts: [String: Double]

    /// The figures given.
    public init(words: Int, types: Int, characters: Int, scripts: [String: Double]) {
      (self.words, self.types, self.characters, self.scripts) = (words, types, characters, scripts)
    }

    /// The figures of words that were counted.
    public init(_ counts: WordCounts) {
      self.init(
        words: counts.tokens, types: counts.types, characters: counts.characters,
        scripts: counts.scriptShares)
    }

    /// The script that most letters have, empty for a text without letters.
    public var mainScript: String {
      scripts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }
  }

  /// Sentence pairs.
  public var pairs: Int
  /// What is translated.
  public var source: Side
  /// What it is translated to.
  public var target: Side

  /// The figures given.
  public init(pairs: Int, source: Side, target: Side) {
    (self.pairs, self.source, self.target) = (pairs, source, target)
  }

  /// The share of letters that both sides have in the same scripts, from 0 to 1.
  public var sharedScripts: Double {
    source.scripts.reduce(0) { $0 + min($1.value, target.scripts[$1.key] ?? 0) }
  }
}
