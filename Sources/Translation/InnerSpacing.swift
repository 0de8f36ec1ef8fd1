/// Tabs and no-break spaces between the words of a sentence, and where they are.
///
/// They mean something to whoever wrote them. The model never sees them: it reads single spaces, so that a translation
/// does not depend on what nobody sees.
package struct InnerSpacing: Sendable, Equatable {
  /// White space between two words.
  package struct Space: Sendable, Equatable {
    package var text: String
    /// Number of words before it.
    package var wordsBefore: Int
    /// The words next to it.
    package var left, right: String
  }

  /// The spaces, in order.
  package var spaces: [Space]
  /// Number of words in the sentence.
  package var wordCount: Int

  /// The tabs and no-break spaces of a sentence; nil if there are none.
  ///
  /// - Parameter text: valid UTF-8.
  package init?(_ text: [UInt8]) {
    // The first bytes of the characters in question, and of others.
    guard text.contains(where: { $0 == 0x09 || $0 == 0xC2 || $0 == 0xE2 }) else { return nil }
    (spaces, wordCount) = ([], 0)
    var word = String.UnicodeScalarView()
    var space = String.UnicodeScalarView()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        space.append(scalar)
        continue
      }
      if !space.isEmpty {
        add(String(space), after: String(word))
        (word, space) = (.init(), .init())
      }
      word.append(scalar)
      if let last = spaces.indices.last, spaces[last].wordsBefore == wordCount {
        spaces[last].right = String(word)
      }
    }
    wordCount += word.isEmpty ? 0 : 1
    // White space at the end belongs to what follows the sentence.
    if spaces.isEmpty { return nil }
  }

  private mutating func add(_ space: String, after word: String) {
    if word.isEmpty { return }
    wordCount += 1
    guard space.unicodeScalars.contains(where: { "\t\u{A0}\u{202F}".unicodeScalars.contains($0) }) else {
      return
    }
    spaces.append(Space(text: space, wordsBefore: wordCount, left: word, right: ""))
  }

  /// The translation with the spaces in it.
  ///
  /// A space goes next to the word that it was next to, if the translation has that word once, such as the number before
  /// a unit. Otherwise it goes where the same share of the words is before it.
  package func restored(in translation: String) -> String {
    var words = translation.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if words.count < 2 { return restoredWithinWord(translation) }
    var gaps = [String](repeating: " ", count: words.count - 1)
    var first = 0
    for space in spaces where first < gaps.count {
      let gap = min(max(place(of: space, in: words), first), gaps.count - 1)
      gaps[gap] = space.text
      first = gap + 1
    }
    for (index, gap) in gaps.enumerated() { words[index] += gap }
    return words.joined()
  }

  /// The index of the word after which a space goes.
  private func place(of space: Space, in words: [String]) -> Int {
    if let index = onlyIndex(of: space.left, in: words), index + 1 < words.count { return index }
    if let index = onlyIndex(of: space.right, in: words), index > 0 { return index - 1 }
    return (space.wordsBefore * words.count + wordCount / 2) / max(1, wordCount) - 1
  }

  private func onlyIndex(of word: String, in words: [String]) -> Int? {
    let indices = words.indices.filter { words[$0] == word }
    return indices.count == 1 ? indices.first : nil
  }

  /// Puts tabs into a translation without spaces, as in Chinese.
  private func restoredWithinWord(_ translation: String) -> String {
    var characters = translation.map { String($0) }
    for space in spaces.reversed() where space.text.contains("\t") && characters.count > 1 {
      let place = (space.wordsBefore * characters.count + wordCount / 2) / max(1, wordCount)
      characters.insert(space.text, at: min(max(place, 1), characters.count - 1))
    }
    return characters.joined()
  }
}
