import Files
import Text

/// Repairs what can be repaired in a line without knowing its meaning.
struct LineRepair: Sendable {
  private let normalizer = Normalizer(form: .nfc)

  /// The line with faults of the given kinds repaired.
  func repaired(_ line: ArraySlice<UInt8>, _ kinds: Set<FindingKind>) -> [UInt8] {
    var bytes = Array(line)
    // Twice, for text that was misread twice.
    if kinds.contains(.mojibake) || kinds.contains(.doubleEncoding) {
      for _ in 0..<2 { bytes = Mojibake.repaired(bytes[...]) ?? bytes }
    }
    if kinds.contains(.htmlEntity) { bytes = withoutEntities(bytes) }
    if !kinds.isDisjoint(with: [.controlCharacter, .tabCharacter, .invisibleCharacter, .unusualSpace]) {
      bytes = withPlainCharacters(bytes)
    }
    if kinds.contains(.notNormalized) { bytes = normalizer.normalize(bytes) }
    // What was removed may leave spaces.
    return withSingleSpaces(bytes)
  }

  /// Control and invisible characters are removed, tabs and other spaces are replaced.
  private func withPlainCharacters(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for item in FaultPlace.characters(of: line) {
      switch item.entry?.kind {
      case ScalarEntry.Class.space: result.append(0x20)
      case ScalarEntry.Class.control where item.scalar == 0x09: result.append(0x20)
      case ScalarEntry.Class.control, ScalarEntry.Class.invisible: break
      default: result += line[item.range]
      }
    }
    return result
  }

  private func withSingleSpaces(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in line where byte != 0x20 || (!result.isEmpty && result.last != 0x20) { result.append(byte) }
    if result.last == 0x20 { result.removeLast() }
    return result
  }

  /// Replaces entities by their characters, twice for those that were encoded twice.
  ///
  /// Unknown names stay.
  private func withoutEntities(_ line: [UInt8]) -> [UInt8] {
    var result = line
    for _ in 0..<2 {
      let entities = SignScan(result[...]).entities
      guard !entities.isEmpty else { break }
      for range in entities.reversed() {
        guard let text = entityText(result[(range.lowerBound + 1)..<(range.upperBound - 1)]) else { continue }
        result.replaceSubrange(range, with: text)
      }
    }
    return result
  }

  private func entityText(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    let text = String(decoding: name, as: UTF8.self)
    if text.hasPrefix("#") {
      let digits = text.dropFirst()
      let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let scalar = value.flatMap(Unicode.Scalar.init), scalar.value >= 0x20 else { return nil }
      return Array(String(scalar).utf8)
    }
    return Self.entities[text].map { Array($0.utf8) }
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
    "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
    "egrave": "è", "agrave": "à", "ccedil": "ç", "euro": "€", "copy": "©", "reg": "®", "deg": "°",
    "middot": "·",
  ]
}
