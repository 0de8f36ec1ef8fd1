/// A hash table from pairs of symbol numbers to numbers, for the inner loops of byte pair encoding.
struct PairTable: Sendable {
  /// Key and value are adjacent, so that a lookup in a large table waits for memory only once.
  private struct Slot {
    var key = UInt64.max
    var value: Int32 = 0

    var isFree: Bool { key == UInt64.max }
  }

  /// Slots for open addressing with linear probing; their number is a power of two.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private(set) var count = 0

  /// The value of a pair; nil if it has none, like any pair with a negative symbol.
  func find(_ left: Int32, _ right: Int32) -> Int32? {
    guard left >= 0, right >= 0 else { return nil }
    let slot = slots[place(of: Self.key(left, right))]
    return slot.isFree ? nil : slot.value
  }

  /// The value of a pair, which becomes `value` if it has none yet.
  ///
  /// - Precondition: no symbol is negative.
  mutating func findOrInsert(_ left: Int32, _ right: Int32, _ value: Int32) -> Int32 {
    let key = Self.key(left, right)
    let place = place(of: key)
    guard slots[place].isFree else { return slots[place].value }
    slots[place] = Slot(key: key, value: value)
    count += 1
    if 2 * count > slots.count { grow() }
    return value
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// The slot that holds the key, or the free slot where it belongs.
  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    // Fibonacci hashing: the high bits of the product depend on all bits of both symbols.
    var place = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
    while slots[place].key != key, !slots[place].isFree { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    for slot in old where !slot.isFree { slots[place(of: slot.key)] = slot }
  }
}
