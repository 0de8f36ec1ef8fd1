import Tokens

/// Finds words in sequences of pieces: a word begins at a piece that begins with `▁`, or ends after one that ends with it.
struct PieceWords: Sendable {
  /// A piece and its normalized text.
  typealias Marked = (id: TokenID, text: ArraySlice<UInt8>)

  private let unknown: TokenID
  private let isMarked: [Bool]
  /// Whether the marks of spaces end words.
  private let endsWithSpaces: Bool

  init(_ vocabulary: Vocabulary, endsWithSpaces: Bool) {
    unknown = vocabulary.specialTokens.unknown
    self.endsWithSpaces = endsWithSpaces
    isMarked = (0..<TokenID(vocabulary.count)).map { id in
      guard vocabulary.isText(id) else { return false }
      return endsWithSpaces ? SpaceMark.ends(vocabulary[id]) : SpaceMark.begins(vocabulary[id])
    }
  }

  /// Whether the mark of a space begins a word at this token.
  func startsWord(_ id: TokenID) -> Bool { !endsWithSpaces && isMarked[Int(id)] }

  /// How a piece is written within words.
  func spelling(of id: TokenID, _ piece: ArraySlice<UInt8>) -> TokenSpelling {
    let isMarked = isMarked[Int(id)]
    let text =
      isMarked
      ? endsWithSpaces ? piece.dropLast(SpaceMark.bytes.count) : piece.dropFirst(SpaceMark.bytes.count)
      : piece
    return endsWithSpaces
      ? TokenSpelling(text: Array(text), canBegin: true, canFollow: true, canContinue: !isMarked)
      : TokenSpelling(text: Array(text), canBegin: isMarked, canFollow: !isMarked, canContinue: true)
  }

  /// The number of ids of each word; a word with more of them than a count can hold counts as several.
  func lengths(of sentence: EncodedSentence) -> [UInt16] {
    let space = UInt8(ascii: " ")
    var lengths: [UInt16] = []
    var unknowns = sentence.unknowns[...]
    var isEnded = true
    for id in sentence.ids {
      let text = id == unknown ? unknowns.popFirst() : nil
      let starts = text.map { !endsWithSpaces && $0.bytes.first == space } ?? startsWord(id)
      if !starts, !isEnded, let last = lengths.last, last < .max {
        lengths[lengths.count - 1] += 1
      } else {
        lengths.append(1)
      }
      isEnded = id == unknown ? !(text?.continuesWord ?? false) : endsWithSpaces && isMarked[Int(id)]
    }
    return lengths
  }

  /// The words of a sentence, without the marks of the spaces around them.
  func split(_ pieces: [Marked]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var isEnded = true
    for piece in pieces {
      if isEnded || !endsWithSpaces && SpaceMark.begins(piece.text) { words.append([]) }
      words[words.count - 1] += piece.text
      isEnded = endsWithSpaces && SpaceMark.ends(piece.text)
    }
    return words.map { word in
      let isMarked = endsWithSpaces ? SpaceMark.ends(word[...]) : SpaceMark.begins(word[...])
      // A space of its own is a word, and must be visible.
      guard isMarked, word.count > SpaceMark.bytes.count else { return word }
      return Array(
        endsWithSpaces ? word.dropLast(SpaceMark.bytes.count) : word.dropFirst(SpaceMark.bytes.count))
    }
  }
}
