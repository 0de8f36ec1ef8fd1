/// The text of pieces, as SentencePiece decodes them.
///
/// Source: `SentencePieceProcessor::Decode`, version 0.1.97.
struct PieceText {
  private var output: [UInt8] = []
  /// The bytes of characters that are spelled with pieces of bytes.
  private var bytes: [UInt8] = []
  /// Whether a space at the beginning of the next piece is left out: at the beginning of a text.
  private var isBeginning = true
  private var hasDroppedSpace = false
  private let dropsSpace: Bool
  private let dropsSpaces: Bool
  private let unknownText: [UInt8]

  init(_ file: SentencePieceFile) {
    (dropsSpace, dropsSpaces) = (file.addsSpace || file.removesSpaces, file.removesSpaces)
    unknownText = file.unknownText
  }

  /// Appends a piece, in which `▁` is a space.
  mutating func append(_ piece: ArraySlice<UInt8>) {
    appendNothing()
    appendText(spaced(piece))
  }

  /// Appends a byte of a character.
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends the text of an unknown piece, with a space before it if it begins a word; nil if there is no text.
  mutating func append(unknown text: [UInt8]?) {
    appendNothing()
    if let text { appendText(text) } else { output += unknownText }
  }

  /// Appends a piece without text, which only ends a sequence of bytes.
  mutating func appendNothing() {
    appendCharacters()
    if hasDroppedSpace || !output.isEmpty { isBeginning = false }
    hasDroppedSpace = false
  }

  /// The text of all pieces.
  consuming func finished() -> [UInt8] {
    appendCharacters()
    for index in output.indices where output[index] == UInt8(ascii: "\n") {
      output[index] = UInt8(ascii: " ")
    }
    return output
  }

  private mutating func appendText(_ text: [UInt8]) {
    guard isBeginning, dropsSpace, text.first == UInt8(ascii: " ") else {
      output += text
      return
    }
    // If repeated spaces are removed, all pieces at the beginning lose theirs.
    hasDroppedSpace = !dropsSpaces
    output += text.dropFirst()
  }

  /// Each byte that is not part of a character in UTF-8 becomes U+FFFD.
  private mutating func appendCharacters() {
    guard !bytes.isEmpty else { return }
    var position = 0
    while position < bytes.count {
      let length = validCharacterLength(bytes.span, at: position)
      output += length == 0 ? [0xEF, 0xBF, 0xBD] : Array(bytes[position..<position + length])
      position += max(length, 1)
    }
    bytes.removeAll()
  }
}

/// A piece with spaces instead of their marks.
func spaced(_ piece: ArraySlice<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(piece.count)
  var rest = piece
  while let byte = rest.first {
    if byte == SpaceMark.bytes[0], SpaceMark.begins(rest) {
      text.append(UInt8(ascii: " "))
      rest = rest.dropFirst(SpaceMark.bytes.count)
    } else {
      text.append(byte)
      rest = rest.dropFirst()
    }
  }
  return text
}
