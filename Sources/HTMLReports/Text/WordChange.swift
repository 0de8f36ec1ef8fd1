/// A word, or a character of punctuation or of a script without spaces.
struct DifferenceWord: Sendable, Equatable {
  let text: Substring
  /// Whether a space stands before it.
  let hasSpace: Bool

  /// Words are equal with and without a space before them.
  static func == (one: DifferenceWord, other: DifferenceWord) -> Bool { one.text == other.text }
}

/// A word in a difference.
struct WordChange: Sendable, Equatable {
  enum Kind {
    case same, added, missing
  }

  let kind: Kind
  let word: DifferenceWord

  /// What stands behind all words.
  static let end = WordChange(kind: .same, word: DifferenceWord(text: "", hasSpace: false))
}

/// The words of a text.
func differenceWords(_ text: String) -> [DifferenceWord] {
  var words: [DifferenceWord] = []
  var (start, hasSpace) = (text.startIndex, false)
  func add(upTo end: String.Index) {
    if start < end {
      words.append(DifferenceWord(text: text[start..<end], hasSpace: hasSpace))
      hasSpace = false
    }
    start = end
  }
  for index in text.indices {
    let character = text[index]
    if character.isWhitespace {
      add(upTo: index)
      (start, hasSpace) = (text.index(after: index), true)
    } else if !isPartOfWord(character) {
      add(upTo: index)
      add(upTo: text.index(after: index))
    }
  }
  add(upTo: text.endIndex)
  return words
}

/// Whether a character stands within words of a script that has spaces between words.
func isPartOfWord(_ character: Character) -> Bool {
  if character == "'" || character == "’" || character == "-" || character == "@" { return true }
  guard character.isLetter || character.isNumber, let scalar = character.unicodeScalars.first else {
    return false
  }
  switch scalar.value {
  case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x20000...0x3FFFF: return false
  default: return !scalar.properties.isIdeographic
  }
}

/// The changes that make one text of another, with the longest common sequence of words.
func wordChanges(from old: [DifferenceWord], to new: [DifferenceWord]) -> [WordChange] {
  var (begin, end) = (0, 0)
  let shorter = min(old.count, new.count)
  while begin < shorter, old[begin] == new[begin] { begin += 1 }
  while end < shorter - begin, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
  let middle = changesByTable(old[begin..<old.count - end], new[begin..<new.count - end])
  return new[..<begin].map { WordChange(kind: .same, word: $0) } + middle
    + new[(new.count - end)...].map { WordChange(kind: .same, word: $0) }
}

/// The changes between a common beginning and a common end.
private func changesByTable(
  _ old: ArraySlice<DifferenceWord>, _ new: ArraySlice<DifferenceWord>
) -> [WordChange] {
  let (old, new) = (Array(old), Array(new))
  guard old.count <= 1000, new.count <= 1000 else {
    return old.map { WordChange(kind: .missing, word: $0) } + new.map { WordChange(kind: .added, word: $0) }
  }
  let width = new.count + 1
  // The length of the longest common sequence of what begins at each pair of places.
  var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
  for i in old.indices.reversed() {
    for j in new.indices.reversed() {
      let place = i * width + j
      lengths[place] =
        old[i] == new[j]
        ? lengths[place + width + 1] + 1 : max(lengths[place + width], lengths[place + 1])
    }
  }
  var (changes, i, j): ([WordChange], Int, Int) = ([], 0, 0)
  while i < old.count || j < new.count {
    if i < old.count, j < new.count, old[i] == new[j] {
      changes.append(WordChange(kind: .same, word: new[j]))
      (i, j) = (i + 1, j + 1)
    } else if j == new.count || i < old.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
      changes.append(WordChange(kind: .missing, word: old[i]))
      i += 1
    } else {
      changes.append(WordChange(kind: .added, word: new[j]))
      j += 1
    }
  }
  return changes
}
