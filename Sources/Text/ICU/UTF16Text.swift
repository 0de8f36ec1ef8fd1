/// A line, or the next part of a long line, in UTF-16 for ICU.
struct UTF16Text {
  /// The text.
  private(set) var units: [UInt16] = []
  /// The byte offset in the line at which each unit's scalar begins, followed by the offset at which the text ends.
  private(set) var offsets: [Int] = []

  /// Takes the scalars from `start` on, up to `limit` units.
  ///
  /// Each invalid byte becomes U+FFFD. A longer line is cut before a space if there is one, which changes neither its
  /// words nor its normal form.
  ///
  /// - Returns: the byte offset in the line at which the text ends.
  mutating func replace(by line: borrowing Span<UInt8>, from start: Int, limit: Int) -> Int {
    units.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var position = start
    while position < line.count && units.count + 1 < limit {
      let scalar = decodeScalar(line, at: position)
      if units.count >= limit / 2 && Self.mayEnd(before: scalar.value, fill: units.count, of: limit) { break }
      append(scalar.value, offset: position)
      position += scalar.length
    }
    offsets.append(position)
    return position
  }

  /// Whether a text that is at least half full can end here; no scalar below U+0300 composes with the one before it.
  private static func mayEnd(before scalar: UInt32, fill: Int, of limit: Int) -> Bool {
    scalar == 0x20 || (fill >= limit / 4 * 3 && scalar < 0x300)
  }

  /// Replaces each code unit that equals `unit`.
  mutating func replace(_ unit: UInt16, by other: UInt16) {
    for index in units.indices where units[index] == unit { units[index] = other }
  }

  @inline(__always)
  private mutating func append(_ scalar: UInt32, offset: Int) {
    offsets.append(offset)
    if scalar < 0x10000 {
      units.append(UInt16(truncatingIfNeeded: scalar))
    } else {
      units.append(UInt16(truncatingIfNeeded: 0xD7C0 + scalar >> 10))
      units.append(UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF))
      offsets.append(offset)
    }
  }
}

/// Appends UTF-16 text as UTF-8; an unpaired surrogate becomes U+FFFD.
func appendUTF8(of units: [UInt16], to bytes: inout [UInt8]) {
  var index = 0
  while index < units.count {
    var value = UInt32(units[index])
    index += 1
    if 0xD800...0xDBFF ~= value, index < units.count, 0xDC00...0xDFFF ~= units[index] {
      value = (value - 0xD7C0) << 10 | UInt32(units[index]) & 0x3FF
      index += 1
    }
    bytes.appendUTF8(value)
  }
}
