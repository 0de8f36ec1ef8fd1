/// How many pairs are held out for validation where no validation text is given.
public enum HeldOutRule {
  /// One pair of so many, at least and at most.
  ///
  /// A score of a thousand sentences is reliable to about one BLEU point (Koehn 2004, "Statistical Significance
  /// Tests for Machine Translation Evaluation"); of little text, training needs more.
  static let share = 20
  static let least = 20
  static let most = 2000

  /// Pairs without which nothing can be held out.
  public static let leastPairs = 100

  /// The pairs to hold out of so many; 0 where there are too few.
  public static func count(pairs: Int) -> Int {
    pairs < leastPairs ? 0 : min(max(pairs / share, least), most)
  }
}
