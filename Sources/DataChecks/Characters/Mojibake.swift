/// UTF-8 that was read as Windows-1252 or Latin-1 and written again: `Ã¤` for `ä`.
enum Mojibake {
  /// How many times a line was misread; 0 for text as it should be, at most 2.
  static func depth(of line: ArraySlice<UInt8>) -> Int {
    guard let once = repaired(line) else { return 0 }
    return repaired(once[...]) == nil ? 1 : 2
  }

  /// The place of the first wrong characters in bytes; nil if there are none.
  static func first(in line: ArraySlice<UInt8>) -> Range<Int>? {
    var found: Range<Int>?
    _ = decode(line) { range in if found == nil { found = range } }
    return found
  }

  /// The line as it was meant, with each wrong sequence replaced.
  ///
  /// - Returns: nil if nothing is wrong, or it is not certain enough.
  static func repaired(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    var found = Evidence()
    let text = decode(line) { range in found.add(line[range]) }
    return found.isConvincing ? text : nil
  }

  /// How certain it is that a line was misread.
  private struct Evidence {
    private var sequences = 0
    private var strong = 0

    /// - Parameter bytes: the wrong characters of a sequence.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
      sequences += 1
      // Ã and Â, and the three characters of punctuation: â€.
      if bytes.starts(with: [0xC3, 0x83]) || bytes.starts(with: [0xC3, 0x82]) || bytes.count >= 6 {
        strong += 1
      }
      // Cyrillic and Greek have the same first character in each letter.
      if bytes.starts(with: [0xC3, 0x90]) || bytes.starts(with: [0xC3, 0x91])
        || bytes.starts(with: [0xC3, 0x8E])
      {
        strong += sequences > 2 ? 1 : 0
      }
    }

    /// One Ä before a quotation mark is a letter in quotes.
    var isConvincing: Bool { strong > 0 || sequences > 2 }
  }

  /// Replaces each sequence of characters that is UTF-8 in Windows-1252.
  private static func decode(_ line: ArraySlice<UInt8>, _ note: (Range<Int>) -> Void) -> [UInt8] {
    let bytes = Array(line)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] >= 0xC3, let match = sequence(at: index, bytes) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      note(line.startIndex + index..<line.startIndex + match.end)
      result += match.meant
      index = match.end
    }
    return result
  }

  /// The bytes that the characters at a place were, if those are one character in UTF-8.
  private static func sequence(at start: Int, _ bytes: [UInt8]) -> (meant: [UInt8], end: Int)? {
    var meant: [UInt8] = []
    var index = start
    var length = 0
    repeat {
      guard index < bytes.count else { return nil }
      var scalar = UInt32(bytes[index])
      guard scalar >= 0x80 else {
        return nil
      }
      let count = DataChecks.sequence(bytes, index, bytes.count, &scalar)
      guard count > 0 else { return nil }
      index += count
      guard let byte = Windows1252.byte(of: scalar) else { return nil }
      if meant.isEmpty {
        guard 0xC2...0xF4 ~= byte else { return nil }
        length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      } else if byte & 0xC0 != 0x80 {
        return nil
      }
      meant.append(byte)
    } while meant.count < length
    var scalar: UInt32 = 0
    return DataChecks.sequence(meant, 0, meant.count, &scalar) == length ? (meant, index) : nil
  }
}
