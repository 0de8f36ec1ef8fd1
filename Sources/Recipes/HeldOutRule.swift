/// How many pairs are held out for validation if no validation text is given.
public enum HeldOutRule {
  /// The fewest pairs that are held out.
  public static let least = 20

  /// One pair in `share` is held out, but at least ``least`` and at most `most`.
  ///
  /// A score of a thousand sentences is reliable to about one BLEU point (Koehn 2004, "Statistical Significance
  /// Tests for Machine Translation Evaluation"); of a small text, most pairs are needed for training.
  static let share = 20
  static let most = 2000

  /// Minimum number of pairs to hold any out.
  public static let leastPairs = 100

  /// The share of pairs that may be left out of training, of those that are held out and others with the same source
  /// lines.
  static let mostLeftOut = 0.25

  /// The most pairs to leave out of training, of `pairs`.
  public static func limit(pairs: Int) -> Int { Int(mostLeftOut * Double(pairs)) }

  /// The number of pairs to hold out of `pairs`; 0 if there are too few.
  public static func count(pairs: Int) -> Int {
    pairs < leastPairs ? 0 : min(max(pairs / share, least), most)
  }
}
