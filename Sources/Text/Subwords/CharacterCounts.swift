/// How often each character occurs in a text.
public struct CharacterCounts: Sendable {
  /// The characters in the order of their first occurrence.
  private(set) var characters = ByteStringTable()
  private(set) var counts: [Int] = []

  /// The characters (code points) of all words.
  public init(_ words: WordCounts) {
    for index in words.counts.indices {
      let word = words.words[index].span
      var start = 0
      while start < word.count {
        let end = characterEnd(in: word, from: start)
        let character = characters.insert(word.extracting(start..<end))
        if character == counts.count { counts.append(0) }
        counts[character] += words.counts[index]
        start = end
      }
    }
  }

  /// Number of different characters that occur at least `minimum` times.
  public func count(atLeast minimum: Int) -> Int { counts.count { $0 >= minimum } }

  /// How often a character must occur to become a token, if nothing else is set.
  ///
  /// A model cannot learn a character from one or two sentences, and a word with it is better copied. In a small text,
  /// where even ordinary letters are rare, fewer occurrences suffice.
  ///
  /// - Parameter words: the number of words in the text.
  /// - Returns: 1 for less than 10,000 words, one more for each 10,000 more, and at most 5.
  public static func minimumFrequency(words: Int) -> Int { min(5, 1 + words / 10_000) }

  /// The frequency below which characters are left out, by the settings of a vocabulary.
  static func minimumFrequency(_ settings: TextPipelineSettings, words: Int) -> Int {
    settings.minimumCharacterFrequency ?? max(settings.minimumFrequency, minimumFrequency(words: words))
  }

  /// Whether every character of a text occurs at least `minimum` times.
  func areFrequent(_ text: Span<UInt8>, minimum: Int) -> Bool {
    var start = 0
    while start < text.count {
      let end = characterEnd(in: text, from: start)
      guard let index = characters.find(text.extracting(start..<end)), counts[index] >= minimum else {
        return false
      }
      start = end
    }
    return true
  }
}
