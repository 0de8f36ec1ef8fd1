import Formatting
public import Text

/// Rules for the vocabulary: joint or separate, how many merges, which language.
public enum VocabularyRules {
  /// Number of merges by the number of words that a vocabulary is learned from.
  ///
  /// These are the words of both sides if it is joint, otherwise those of the smaller side. Small texts need few
  /// merges, or most subwords are too rare to be learned. 8,000 for 800,000 words (Multi30k) and 3,000 for 130,000
  /// (Tatoeba) work well; published systems with millions of pairs use 32,000 to 37,000. The rest is interpolated.
  ///
  /// Source: Sennrich and Zhang 2019, "Revisiting Low-Resource Neural Machine Translation: A Case Study"; Araabi and
  /// Monz 2020, "Optimizing Transformer for Low-Resource Neural Machine Translation"; Gowda and May 2020, "Finding
  /// the Optimal Vocabulary Size for Neural Machine Translation"; Vaswani et al. 2017, section 5.1.
  static let merges: [(words: Int, merges: Int)] = [
    (0, 500),
    (10_000, 1_000),
    (40_000, 2_000),
    (100_000, 3_000),
    (250_000, 5_000),
    (600_000, 8_000),
    (2_000_000, 10_000),
    (10_000_000, 16_000),
    (50_000_000, 24_000),
    (150_000_000, 32_000),
  ]

  /// Share of letters in common scripts above which a vocabulary is joint.
  ///
  /// Names and numbers are then split in the same way on both sides, and embeddings can be one matrix.
  ///
  /// Source: Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units";
  /// Press and Wolf 2017.
  static let sharedScripts = 0.5

  /// Languages written without spaces, by script: validation scores depend on them.
  static let languages: [(script: String, share: Double, language: String)] = [
    ("Hira", 0.05, "ja"), ("Kana", 0.3, "ja"), ("Hani", 0.5, "zh"), ("Thai", 0.5, "th"), ("Laoo", 0.5, "lo"),
    ("Khmr", 0.5, "km"), ("Mymr", 0.5, "my"),
  ]

  /// The language that a side's scripts identify; nil if they identify none.
  public static func language(_ side: TextProfile.Side) -> String? {
    languages.first { side.scripts[$0.script] ?? 0 >= $0.share }?.language
  }

  /// A language by its script, as a choice.
  ///
  /// - Parameters:
  ///   - side: source or target.
  ///   - profile: that of the text.
  /// - Returns: the choice; nil if the script identifies no language.
  public static func languageChoice(_ side: TextPipeline.Side, _ profile: TextProfile) -> Choice? {
    let text = side == .source ? profile.source : profile.target
    guard let language = language(text) else { return nil }
    return Choice(
      "--\(side.rawValue)-language", language,
      because: "the script, \(percent(text.scripts[text.mainScript] ?? 0)) \(text.mainScript)",
      source: "ISO 15924")
  }

  /// `--joint` or `--separate`.
  public static func sharing(_ profile: TextProfile) -> Choice {
    let isJoint = profile.sharedScripts >= sharedScripts
    return Choice(
      isJoint ? "--joint" : "--separate", "true",
      because: "\(percent(profile.sharedScripts)) of the letters are in scripts of both sides "
        + "(\(profile.source.mainScript), \(profile.target.mainScript)); joint from \(percent(sharedScripts))",
      source: "Sennrich et al. 2016")
  }

  /// `--merges` of a joint vocabulary, or of each of two.
  public static func merges(_ profile: TextProfile, isJoint: Bool) -> Choice {
    let (source, target) = (profile.source.words, profile.target.words)
    let words = isJoint ? source + target : min(source, target)
    let count = merges.last { words >= $0.words }?.merges ?? merges[0].merges
    return Choice(
      "--merges", "\(count)",
      because:
        "\(Recipes.words(Double(words))) words to learn from\(isJoint ? ", of both sides" : " on the smaller side")",
      source: "Sennrich and Zhang 2019; Araabi and Monz 2020")
  }

  private static func percent(_ share: Double) -> String { "\(Readable.decimal(100 * share, 0)) %" }
}
