import CICU

/// The letters of a text, word by word, without case; everything else is a boundary.
package struct LetterText {
  /// What is between words, and at both ends.
  package static let boundary: UInt16 = 0x20

  /// Folded letters and boundaries.
  ///
  /// Words of different groups have a boundary between them.
  package private(set) var units: [UInt16]
  /// The group of each unit; of a boundary that of the word before it.
  package private(set) var owners: [UInt8]
  /// The letters of each group, those of scripts with fewer and larger characters twice.
  package private(set) var weights: [Int]
  /// The sum of ``weights`` and of letters that belong to no group.
  package private(set) var weight = 0
  /// Letters that belong to a group.
  package private(set) var count = 0

  /// The letters of a text.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; invalid bytes are boundaries.
  ///   - groupOfScript: for each number of a script, its group, or `UInt8.max`.
  ///   - groups: how many there are.
  package init(_ bytes: [UInt8], groupOfScript: [UInt8], groups: Int) {
    var text = codeUnits(of: bytes)
    clearTechnicalText(&text)
    let table = CharacterTable.shared
    if text.contains(where: { $0 >= 0x300 && table.mayCompose($0) }) { text = composed(text) }
    units = [Self.boundary]
    owners = [.max]
    units.reserveCapacity(text.count + 2)
    owners.reserveCapacity(text.count + 2)
    weights = Array(repeating: 0, count: groups)
    var group = UInt8.max
    for unit in text {
      let (folded, script) = table.letter(unit)
      var next = group
      switch script {
      case CharacterTable.invisible: continue
      case CharacterTable.boundary: next = .max
      case CharacterTable.inherited: break
      default:
        next = groupOfScript[Int(script)]
        let size = Self.isLarge(unit) ? 2 : 1
        weight += size
        if next != .max {
          weights[Int(next)] += size
          count += 1
        }
      }
      if next != group { end(group) }
      group = next
      if next != .max {
        units.append(folded)
        owners.append(next)
      }
    }
    end(group)
  }

  /// Ends a word, if there is one.
  private mutating func end(_ group: UInt8) {
    guard group != .max else { return }
    units.append(Self.boundary)
    owners.append(group)
  }

  /// Whether a character is worth two letters: those of Chinese, Japanese and Korean.
  private static func isLarge(_ unit: UInt16) -> Bool { unit >= 0x2E80 && unit < 0xD800 }
}

/// The UTF-16 of a text; invalid bytes, and characters beyond the Basic Multilingual Plane, are spaces.
private func codeUnits(of bytes: [UInt8]) -> [UInt16] {
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    let byte = UInt16(bytes[index])
    index += 1
    if byte < 0x80 {
      units.append(byte)
      continue
    }
    let length = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : byte >= 0xC2 ? 1 : 0
    var (scalar, seen) = (UInt32(byte) & (0x3F >> UInt32(length)), 0)
    while seen < length, index < bytes.count, bytes[index] & 0xC0 == 0x80 {
      scalar = scalar << 6 | UInt32(bytes[index] & 0x3F)
      (index, seen) = (index + 1, seen + 1)
    }
    let isValid = length > 0 && seen == length && scalar >= [0, 0x80, 0x800, 0x10000][length]
    let isPlain = isValid && scalar < 0x10000 && !(0xD800..<0xE000 ~= scalar)
    units.append(isPlain ? UInt16(scalar) : LetterText.boundary)
  }
  return units
}

/// The NFC of a text.
private func composed(_ text: [UInt16]) -> [UInt16] {
  // NFC of one character has at most three.
  var result = [UInt16](repeating: 0, count: 3 * text.count)
  var length: Int32 = 0
  let error = unsafe icu_normalize(0, text, Int32(text.count), &result, Int32(result.count), &length)
  guard error == 0, Int(length) <= result.count else { return text }
  result.removeLast(result.count - Int(length))
  return result
}
