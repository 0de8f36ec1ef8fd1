/// What many pairs do is a style of the corpus, not a fault of each of them.
///
/// Translators into a language may leave out quotation marks, or prefer periods to exclamation marks. Thousands of
/// findings that say so would hide the others, so they become one note. This concerns only kinds that can be a style.
public enum HabitRule {
  /// The share of pairs from which on a variant of a kind is a style.
  public static let leastShare = 0.003
  /// Fewer findings are never a style.
  static let leastCount = 25

  static func isHabit(_ kind: FindingKind, count: Int, pairs: Int) -> Bool {
    kind.isHabit && count >= leastCount && Double(count) >= leastShare * Double(pairs)
  }
}
