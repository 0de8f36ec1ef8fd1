/// A sentence and its translation.
struct SentencePair: Sendable {
  let english: String
  let german: String
  /// The name of the construction that made it.
  let construction: String

  /// Words without punctuation, of both sides; German ones marked, so that "in" is two words.
  var forms: [String] {
    Self.words(english).map { "en " + $0 } + Self.words(german).map { "de " + $0 }
  }

  static func words(_ text: String) -> [String] {
    text.split(separator: " ").map { word in
      String(word.drop { ",.!?".contains($0) }.reversed().drop { ",.!?".contains($0) }.reversed())
    }
  }
}
