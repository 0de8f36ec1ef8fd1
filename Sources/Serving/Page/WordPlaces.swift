/// Where words are in the text that they were read from, or written into.
///
/// Letter case, white space, invisible characters and the composition of accents may differ. A word that differs in more is
/// not found, and the search goes on where the next one begins.
///
/// - Parameters:
///   - words: in the order of the text, together all of it.
///   - text: the text.
/// - Returns: for each word its range of UTF-16 code units; nil if it was not found.
package func wordPlaces(_ words: [String], in text: String) -> [Range<Int>?] {
  let characters = visibleCharacters(of: text)
  var position = 0
  return words.map { word in
    let wanted = visibleCharacters(of: word).map(\.folded)
    guard !wanted.isEmpty else { return nil }
    let last = min(position + mostSkipped, characters.count - wanted.count)
    guard position <= last else { return nil }
    let start = (position...last).first { start in
      (start == position || characters[start].beginsWord)
        && characters[start..<start + wanted.count].lazy.map(\.folded).elementsEqual(wanted)
    }
    guard let start else { return nil }
    position = start + wanted.count
    return characters[start].range.lowerBound..<characters[position - 1].range.upperBound
  }
}

/// The most characters that are skipped to find a word behind some that were not found.
private let mostSkipped = 60

/// A character that is seen, as words are compared.
private struct VisibleCharacter {
  var folded: String
  /// Its UTF-16 code units.
  var range: Range<Int>
  /// Whether a word may begin with it: behind white space, and between letters and other characters.
  var beginsWord: Bool
}

private func visibleCharacters(of text: String) -> [VisibleCharacter] {
  var found: [VisibleCharacter] = []
  var (offset, isBehindSpace, wasLetter) = (0, true, false)
  for character in text {
    let range = offset..<offset + character.utf16.count
    offset = range.upperBound
    let visible = character.unicodeScalars.filter {
      !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
    }
    guard let first = visible.first else {
      if character.isWhitespace { isBehindSpace = true }
      continue
    }
    let isLetter = first.properties.isAlphabetic || first.properties.numericType != nil
    found.append(
      VisibleCharacter(
        folded: String(String.UnicodeScalarView(visible)).lowercased(), range: range,
        beginsWord: isBehindSpace || !isLetter || !wasLetter))
    (isBehindSpace, wasLetter) = (false, isLetter)
  }
  return found
}
