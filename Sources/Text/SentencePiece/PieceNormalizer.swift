/// Normalizes text as a SentencePiece model does: by its rules, and with marks for spaces.
///
/// Source: `Normalizer::Normalize` of SentencePiece.
struct PieceNormalizer: Sendable {
  /// A normalized text.
  struct Text {
    var bytes: [UInt8] = []
    /// For each byte, and for the end, the place in the original text where that begins from which it was made; empty if
    /// not asked for.
    var offsets: [Int] = []
  }

  private let map: CharacterMap
  /// User-defined pieces, which are not changed.
  private let kept: PieceTrie
  private let addsSpace: Bool
  private let removesSpaces: Bool
  private let endsWordsWithSpaces: Bool
  /// Bytes that are characters with which neither a rule nor a user-defined piece begins, except the space.
  private let isUnchanged: [Bool]

  init(_ file: SentencePieceFile, kept: PieceTrie) {
    (map, self.kept) = (file.characterMap, kept)
    (addsSpace, removesSpaces) = (file.addsSpace, file.removesSpaces)
    endsWordsWithSpaces = file.endsWordsWithSpaces
    isUnchanged = (0..<256).map { [map] byte in
      byte < 0x80 && byte != 0x20 && !map.mayBegin(with: UInt8(byte)) && !kept.mayBegin(with: UInt8(byte))
    }
  }

  /// The part of the original text that is changed in one step.
  private enum Step {
    /// The next bytes stay.
    case same(Int)
    /// The next bytes are replaced by the text at a place.
    case replaced(Int, replacement: Int)
    /// The next byte is not part of a character.
    case invalid

    var length: Int {
      switch self {
      case .same(let length), .replaced(let length, _): length
      case .invalid: 1
      }
    }
  }

  /// Normalizes a text.
  ///
  /// - Parameters:
  ///   - text: UTF-8; bytes that are not become U+FFFD.
  ///   - output: receives the normalized text; its memory is used again.
  ///   - recordsOffsets: whether it gets ``Text/offsets``.
  /// - Complexity: linear, if rules are short.
  func normalize(_ text: borrowing Span<UInt8>, to output: inout Text, recordsOffsets: Bool = false) {
    output.bytes.removeAll(keepingCapacity: true)
    output.offsets.removeAll(keepingCapacity: true)
    output.bytes.reserveCapacity(text.count + 16)
    var position = 0
    // The bytes that a step made come from its place.
    func record() {
      guard recordsOffsets else { return }
      while output.offsets.count < output.bytes.count { output.offsets.append(position) }
    }
    if removesSpaces {
      while position < text.count, let length = spaceLength(text, at: position) { position += length }
    }
    guard position < text.count else { return }
    if addsSpace, !endsWordsWithSpaces { output.bytes += SpaceMark.bytes }
    record()
    var isAfterSpace = removesSpaces
    while position < text.count {
      if isUnchanged[Int(text[position])] {
        output.bytes.append(text[position])
        isAfterSpace = false
        record()
        position += 1
        continue
      }
      let step = step(text, at: position)
      append(step, of: text, at: position, to: &output.bytes, &isAfterSpace)
      record()
      position += step.length
      if !removesSpaces { isAfterSpace = false }
    }
    if removesSpaces {
      while SpaceMark.ends(output.bytes[...]) {
        output.bytes.removeLast(SpaceMark.bytes.count)
        guard recordsOffsets else { continue }
        position = output.offsets[output.bytes.count]
        output.offsets.removeLast(SpaceMark.bytes.count)
      }
    }
    if addsSpace, endsWordsWithSpaces { output.bytes += SpaceMark.bytes }
    record()
    if recordsOffsets { output.offsets.append(position) }
  }

  /// The length of what is normalized to one space; nil if there is something else.
  private func spaceLength(_ text: borrowing Span<UInt8>, at position: Int) -> Int? {
    let step = step(text, at: position)
    switch step {
    case .same(1): return text[position] == 0x20 ? 1 : nil
    case .replaced(let length, let replacement):
      return map.texts[replacement] == 0x20 && map.texts[replacement + 1] == 0 ? length : nil
    case .same, .invalid: return nil
    }
  }

  private func step(_ text: borrowing Span<UInt8>, at position: Int) -> Step {
    if let piece = kept.longest(in: text, from: position) { return .same(piece.end - position) }
    if let rule = map.rule(in: text, at: position) {
      return .replaced(rule.length, replacement: rule.replacement)
    }
    let length = validCharacterLength(text, at: position)
    return length == 0 ? .invalid : .same(length)
  }

  private func append(
    _ step: Step, of text: borrowing Span<UInt8>, at position: Int, to output: inout [UInt8],
    _ isAfterSpace: inout Bool
  ) {
    func append(_ byte: UInt8) {
      if byte != 0x20 {
        output.append(byte)
        isAfterSpace = false
      } else if !isAfterSpace {
        output += SpaceMark.bytes
      }
    }
    let start = output.count
    var last: UInt8 = 0
    switch step {
    case .same(let length):
      for index in position..<position + length {
        last = text[index]
        append(last)
      }
    case .replaced(_, var place):
      while map.texts[place] != 0 {
        last = map.texts[place]
        append(last)
        place += 1
      }
    case .invalid: output += [0xEF, 0xBF, 0xBD]
    }
    // Spaces are dropped after a step that ends with one, not within a step.
    if output.count > start { isAfterSpace = last == 0x20 }
  }
}

/// The length of the character at a place of a text; 0 if the bytes there are not UTF-8.
func validCharacterLength(_ text: borrowing Span<UInt8>, at position: Int) -> Int {
  func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
    position + offset < text.count && range.contains(text[position + offset])
  }
  let byte = text[position]
  switch byte {
  case 0..<0x80: return 1
  case 0xC2...0xDF: return continues(1) ? 2 : 0
  case 0xE0...0xEF:
    let second: ClosedRange<UInt8> = byte == 0xE0 ? 0xA0...0xBF : byte == 0xED ? 0x80...0x9F : 0x80...0xBF
    return continues(1, second) && continues(2) ? 3 : 0
  case 0xF0...0xF4:
    let second: ClosedRange<UInt8> = byte == 0xF0 ? 0x90...0xBF : byte == 0xF4 ? 0x80...0x8F : 0x80...0xBF
    return continues(1, second) && continues(2) && continues(3) ? 4 : 0
  default: return 0
  }
}

/// The length of the character that a byte begins, which may be cut off at the end of the text.
@inline(__always)
func characterLength(_ text: borrowing Span<UInt8>, at position: Int) -> Int {
  let length =
    switch text[position] {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xFF: 4
    default: 1
    }
  return min(length, text.count - position)
}
