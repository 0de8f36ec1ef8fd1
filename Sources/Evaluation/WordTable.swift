/// Assigns numbers to words: equal bytes, equal number.
///
/// This is an open-addressing hash table over one pool of bytes. A dictionary of arrays would allocate memory for every
/// word of a corpus, and metrics process nothing but words.
struct WordTable {
  private var pool: [UInt8] = []
  private var ranges: [Range<Int>] = []
  /// The numbers of words by hash, -1 for free slots; the count is a power of two.
  private var slots = [Int32](repeating: -1, count: 1 << 12)

  /// Forgets all words if they take more memory than the processor has nearby; for use between segments.
  mutating func forgetIfLarge() {
    if pool.count > 1 << 17 { self = WordTable() }
  }

  /// The number of a word, counted from 0 in order of first occurrence.
  mutating func number(of bytes: [UInt8], _ range: Range<Int>) -> Int32 {
    if ranges.count * 2 >= slots.count { grow() }
    var slot = hash(bytes, range) & (slots.count - 1)
    while slots[slot] >= 0 {
      if equals(ranges[Int(slots[slot])], bytes, range) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(ranges.count)
    ranges.append(pool.count..<pool.count + range.count)
    pool += bytes[range]
    return slots[slot]
  }

  private func equals(_ known: Range<Int>, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard known.count == range.count else { return false }
    for offset in 0..<range.count where pool[known.lowerBound + offset] != bytes[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// The 64-bit FNV-1a hash, with the high half folded in because only low bits choose the slot.
  private func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 32)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (number, range) in ranges.enumerated() {
      var slot = hash(pool, range) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
