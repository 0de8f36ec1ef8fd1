/// Whether words are forms of one word, judged by their letters: inflected forms usually differ in their endings.
public enum WordForms {
  /// The characters that forms have in common at least.
  public static let leastStem = 4
  /// The characters of an ending at most.
  private static let longestEnding = 3

  /// Whether two words, in the same case, might be forms of one.
  public static func areForms(_ first: String, _ second: String) -> Bool {
    if first == second { return true }
    let stem = zip(first, second).prefix { $0 == $1 }.count
    return stem >= leastStem && max(first.count, second.count) - stem <= longestEnding
      && min(first.count, second.count) - stem < max(2, longestEnding - 1)
  }
}
