/// A line, or a long line's next part, in UTF-16 for ICU.
struct UTF16Text {
  /// The text.
  private(set) var units: [UInt16] = []
  /// Where in the line each unit's scalar begins, in bytes; and, one more, where the text ends.
  private(set) var offsets: [Int] = []

  /// Takes the scalars from `start` on, at most `limit` units of them.
  ///
  /// Invalid bytes count as U+FFFD, one each. A longer line is cut before a space if there is one, which
  /// changes neither its words nor its normal form.
  ///
  /// - Returns: Where in the line the text ends.
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

  /// Whether a text that is half full can end here; below U+0300 nothing composes with what is before it.
  private static func mayEnd(before scalar: UInt32, fill: Int, of limit: Int) -> Bool {
    scalar == 0x20 || (fill >= limit / 4 * 3 && scalar < 0x300)
  }

  /// Writes another code unit for each that equals `unit`.
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

/// Appends UTF-16 text in UTF-8; U+FFFD for a surrogate without its other half.
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
