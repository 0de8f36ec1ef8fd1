/// Numbered tokens that stand for text which a model copies: `<span1>`, `<span2>`, ….
///
/// A model that was trained with them repeats such a token in its translation, at the right place, and the text behind it
/// is put there as it is. Like a tag, a span token never comes from text with the same characters.
public enum SpanTokens {
  /// The most of them that a vocabulary has.
  public static let most = 64

  /// How many a new vocabulary usually gets: few sentences have more spans.
  public static let usual = 8

  /// The names of the first ones.
  public static func names(_ count: Int) -> [String] { (0..<count).map { "<span\($0 + 1)>" } }

  /// What is wrong with a number of them next to some tags; nil if nothing is.
  static func problem(_ count: Int, tags: [String]) -> String? {
    guard (0...most).contains(count) else {
      return "\(count) span tokens are not possible: expected 0 to \(most)"
    }
    return names(count).first(where: tags.contains).map { "the tag '\($0)' has the name of a span token" }
  }
}
