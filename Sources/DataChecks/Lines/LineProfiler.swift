/// Makes the profile of a line in one pass over its bytes.
///
/// This is what bounds the speed of `check-data`: every byte of the text passes through here once.
struct LineProfiler: Sendable {
  private let table = ScalarTable.shared.entries

  /// - Parameters:
  ///   - bytes: memory with the line.
  ///   - range: where the line is.
  ///   - profile: what is found; its memory is reused.
  func read(_ bytes: [UInt8], _ range: Range<Int>, into profile: inout LineProfile) {
    typealias Class = ScalarEntry.Class
    profile.reset()
    profile.bytes = range.count
    var word = WordState()
    var number = NumberState()
    var seenFlags: UInt32 = 0
    var exact: UInt64 = 0x9E37_79B9_7F4A_7C15
    var (run, previous): (Int, UInt32) = (0, 0)
    var isAfterSpace = true
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let byte = bytes[index]
      var scalar = UInt32(byte)
      let entry: ScalarEntry
      if byte < 0x80 {
        index += 1
        entry = ScalarEntry(bits: table[Int(scalar)])
      } else {
        let length = sequence(bytes, index, end, &scalar)
        if length == 0 {
          profile.flags.insert(.invalidUTF8)
          index += 1
          exact = (exact ^ UInt64(scalar)) &* 0x100_0000_01B3
          continue
        }
        index += length
        entry = scalar < 0x10000 ? ScalarEntry(bits: table[Int(scalar)]) : ScalarTable.entryBeyond(scalar)
      }
      profile.scalars += 1
      seenFlags |= entry.bits & ScalarEntry.flagMask
      exact = (exact ^ UInt64(scalar)) &* 0x100_0000_01B3
      if scalar == previous {
        run += 1
      } else {
        if run > profile.longestRun { profile.longestRun = run }
        run = 1
        previous = scalar
      }
      let kind = entry.kind
      if kind == Class.lowercase {
        profile.lowercase += 1
        word.add(entry, &profile)
        isAfterSpace = false
        if number.isOpen { number.end(&profile) }
        continue
      }
      if kind == Class.space || scalar == 0x09 {
        profile.spaces += 1
        if isAfterSpace { profile.flags.insert(profile.scalars == 1 ? .outerSpace : .doubleSpace) }
        isAfterSpace = true
        run = 0
        if scalar == 0x09 { profile.flags.insert(.tab) }
        if word.isOpen { word.end(&profile) }
        if number.isOpen { number.separator(scalar, &profile) }
        continue
      }
      isAfterSpace = false
      switch kind {
      case Class.uppercase:
        profile.uppercase += 1
        word.add(entry, &profile)
        if number.isOpen { number.end(&profile) }
      case Class.letter, Class.mark:
        word.add(entry, &profile)
        if number.isOpen { number.end(&profile) }
      case Class.ideograph:
        if word.isOpen { word.end(&profile) }
        word.add(entry, &profile)
        word.end(&profile)
        if number.isOpen { number.end(&profile) }
      case Class.digit:
        profile.digits += 1
        word.addDigit(entry.folded)
        number.add(entry.folded, &profile)
      default:
        if word.isOpen {
          if scalar == 0x40 || (scalar == 0x2E && word.isWWW) { profile.flags.insert(.address) }
          word.end(&profile)
        }
        if scalar == 0x3A, index + 1 < end, bytes[index] == 0x2F, bytes[index + 1] == 0x2F {
          profile.flags.insert(.address)
        }
        if number.isOpen { number.separator(scalar, &profile) }
        addSign(kind, entry, scalar, &profile)
      }
    }
    if run > profile.longestRun { profile.longestRun = run }
    if word.isOpen { word.end(&profile) }
    if number.isOpen { number.end(&profile) }
    if isAfterSpace, profile.scalars > 0 { profile.flags.insert(.outerSpace) }
    profile.exactHash = exact ^ exact >> 31
    word.finish(&profile)
    addFlags(seenFlags, &profile)
    (profile.beginning, profile.end) = (beginning(of: bytes, range), ending(of: bytes, range))
  }

  private func addSign(_ kind: UInt32, _ entry: ScalarEntry, _ scalar: UInt32, _ profile: inout LineProfile) {
    typealias Class = ScalarEntry.Class
    switch kind {
    case Class.punctuation: profile.punctuation += 1
    case Class.symbol: profile.symbols += 1
    case Class.bracket:
      profile.punctuation += 1
      profile.brackets[Int(entry.folded & 7)] &+= 1
    case Class.quote:
      profile.punctuation += 1
      profile.quotes += 1
    case Class.control: profile.flags.insert(.control)
    case Class.invisible: profile.flags.insert(.invisible)
    case Class.privateUse: profile.flags.insert(.privateUse)
    case Class.emoji:
      profile.emoji += 1
      profile.flags.insert(.emoji)
    default: profile.symbols += 1
    }
  }

  private func addFlags(_ seen: UInt32, _ profile: inout LineProfile) {
    typealias Flag = ScalarEntry.Flag
    guard seen != 0 else { return }
    if seen & Flag.normalization != 0 { profile.flags.insert(.normalization) }
    if seen & Flag.compatibility != 0 { profile.flags.insert(.compatibility) }
    if seen & Flag.mojibake != 0 { profile.flags.insert(.mojibake) }
    if seen & Flag.sign != 0 { profile.flags.insert(.sign) }
    if seen & Flag.unusualSpace != 0 { profile.flags.insert(.unusualSpace) }
    if seen & Flag.replacement != 0 { profile.flags.insert(.replacement) }
  }
}

/// Decodes a character of two to four bytes.
///
/// - Returns: its length; 0 if it is not valid UTF-8.
@inline(__always)
func sequence(_ bytes: [UInt8], _ index: Int, _ end: Int, _ scalar: inout UInt32) -> Int {
  let first = UInt32(bytes[index])
  guard first >= 0xC2, index + 1 < end else { return 0 }
  let second = UInt32(bytes[index + 1])
  guard second & 0xC0 == 0x80 else { return 0 }
  if first < 0xE0 {
    scalar = (first & 0x1F) << 6 | second & 0x3F
    return 2
  }
  guard index + 2 < end else { return 0 }
  let third = UInt32(bytes[index + 2])
  guard third & 0xC0 == 0x80 else { return 0 }
  if first < 0xF0 {
    scalar = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
    return scalar < 0x800 || 0xD800..<0xE000 ~= scalar ? 0 : 3
  }
  guard first < 0xF5, index + 3 < end else { return 0 }
  let fourth = UInt32(bytes[index + 3])
  guard fourth & 0xC0 == 0x80 else { return 0 }
  scalar = (first & 0x07) << 18 | (second & 0x3F) << 12 | (third & 0x3F) << 6 | fourth & 0x3F
  return 0x10000..<0x110000 ~= scalar ? 4 : 0
}
