/// Words to a sentence.
enum Punctuation {
  /// Joins words with spaces; "," sticks to the word before, doubled commas and those before the end vanish.
  static func sentence(_ words: [String], end: String) -> String {
    var text = ""
    var needsComma = false
    for word in words where !word.isEmpty {
      if word == "," {
        needsComma = true
        continue
      }
      if !text.isEmpty { text += needsComma ? ", " : " " }
      needsComma = false
      text += word
    }
    return capitalized(text) + end
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
