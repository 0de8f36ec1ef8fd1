/// Whether words are forms of one word, judged by their letters: inflected forms usually differ in their endings.
public enum WordForms {
  /// The characters that two different forms begin with at least.
  public static let sharedBeginning = 3
  /// The same for words of four characters and more.
  private static let leastStem = 4
  /// The characters of an ending at most.
  private static let longestEnding = 3
  /// The endings of words of three characters; with any other, "car" would be a form of "care".
  private static let endingsOfShortWords: Set<Substring> = ["s", "es"]

  /// Whether two words, in the same case, might be forms of one.
  public static func areForms(_ first: String, _ second: String) -> Bool {
    if first == second { return true }
    let stem = zip(first, second).prefix { $0 == $1 }.count
    let (shorter, longer) = first.count < second.count ? (first, second) : (second, first)
    if shorter.count == sharedBeginning, stem == shorter.count {
      return endingsOfShortWords.contains(longer.dropFirst(stem))
    }
    return stem >= leastStem && longer.count - stem <= longestEnding
      && shorter.count - stem < max(2, longestEnding - 1)
  }
}
