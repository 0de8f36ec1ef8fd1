/// Where the fault of an example is, to mark it.
enum FaultPlace {
  /// The bytes of a line that show a fault; nil if it is not in one place.
  static func find(_ kind: FindingKind, in line: [UInt8]) -> Range<Int>? {
    switch kind {
    case .mojibake, .doubleEncoding: Mojibake.first(in: line[...])
    case .lostCharacter: LostCharacter.first(in: line[...]).map { $0..<$0 + 1 }
    case .htmlEntity: SignScan(line[...]).entities.first
    case .markup: SignScan(line[...]).tags.first
    case .escapeSequence: SignScan(line[...]).escapes.first
    case .placeholdersDiffer: SignScan(line[...]).placeholders.first
    case .urlsDiffer: SignScan(line[...]).addresses.first
    case .extraSpaces: spaces(in: line)
    case .longWord: longWord(in: line)
    case .numbersDiffer: first(in: line) { $0.kind == ScalarEntry.Class.digit }
    case .tabCharacter: line.firstIndex(of: 0x09).map { $0..<$0 + 1 }
    case .controlCharacter: first(in: line) { $0.kind == ScalarEntry.Class.control }
    case .invisibleCharacter: first(in: line) { $0.kind == ScalarEntry.Class.invisible }
    case .privateUseCharacter: first(in: line) { $0.kind == ScalarEntry.Class.privateUse }
    case .compatibilityCharacter: first(in: line) { $0.has(ScalarEntry.Flag.compatibility) }
    case .notNormalized: first(in: line) { $0.has(ScalarEntry.Flag.normalization) }
    case .unusualSpace: first(in: line) { $0.has(ScalarEntry.Flag.unusualSpace) }
    case .replacementCharacter: first(in: line) { $0.has(ScalarEntry.Flag.replacement) }
    case .bracketsDiffer: first(in: line) { $0.kind == ScalarEntry.Class.bracket }
    case .quotesDiffer: first(in: line) { $0.kind == ScalarEntry.Class.quote }
    case .emojiDiffer: first(in: line) { $0.kind == ScalarEntry.Class.emoji }
    case .invalidUTF8: invalid(in: line)
    default: nil
    }
  }

  /// The first run of characters of a kind.
  private static func first(in line: [UInt8], _ isFault: (ScalarEntry) -> Bool) -> Range<Int>? {
    var start: Int?
    for item in characters(of: line) {
      let isHere = item.entry.map(isFault) ?? false
      if isHere, start == nil { start = item.range.lowerBound }
      if !isHere, let start { return start..<item.range.lowerBound }
    }
    return start.map { $0..<line.count }
  }

  private static func invalid(in line: [UInt8]) -> Range<Int>? {
    characters(of: line).first { $0.entry == nil }?.range
  }

  private static func spaces(in line: [UInt8]) -> Range<Int>? {
    var start = 0
    for index in 0...line.count where index == line.count || line[index] != 0x20 {
      if index > start, index - start > 1 || start == 0 || index == line.count { return start..<index }
      start = index + 1
    }
    return nil
  }

  private static func longWord(in line: [UInt8]) -> Range<Int>? {
    var start = 0
    for index in 0...line.count where index == line.count || line[index] == 0x20 {
      if index - start > LengthCheck.longestWord { return start..<index }
      start = index + 1
    }
    return nil
  }

  /// The characters of a line; the entry of an invalid byte is nil.
  static func characters(of line: [UInt8]) -> [(range: Range<Int>, scalar: UInt32, entry: ScalarEntry?)] {
    var result: [(range: Range<Int>, scalar: UInt32, entry: ScalarEntry?)] = []
    var index = 0
    while index < line.count {
      var scalar = UInt32(line[index])
      let length = scalar < 0x80 ? 1 : sequence(line, index, line.count, &scalar)
      guard length > 0 else {
        result.append((index..<index + 1, UInt32(line[index]), nil))
        index += 1
        continue
      }
      let entry =
        scalar < 0x10000
        ? ScalarEntry(bits: ScalarTable.shared.entries[Int(scalar)]) : ScalarTable.entryBeyond(scalar)
      result.append((index..<index + length, scalar, entry))
      index += length
    }
    return result
  }
}
