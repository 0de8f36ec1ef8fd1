/// A map from a pair of symbol numbers to a number, for the inner loops of byte pair encoding.
struct PairTable: Sendable {
  private static let free = UInt64.max
  private var keys: [UInt64] = Array(repeating: free, count: 64)
  private var values: [Int32] = Array(repeating: 0, count: 64)
  private(set) var count = 0

  /// The value of a pair, or `nil`; a pair with a negative symbol is never there.
  func find(_ left: Int32, _ right: Int32) -> Int32? {
    guard left >= 0, right >= 0 else { return nil }
    let slot = slot(of: Self.key(left, right))
    return keys[slot] == Self.free ? nil : values[slot]
  }

  /// The value of a pair; where it has none yet, `value` becomes it.
  ///
  /// - Precondition: no symbol is negative.
  mutating func findOrInsert(_ left: Int32, _ right: Int32, _ value: Int32) -> Int32 {
    let key = Self.key(left, right)
    let slot = slot(of: key)
    if keys[slot] == key { return values[slot] }
    keys[slot] = key
    values[slot] = value
    count += 1
    if 2 * count > keys.count { grow() }
    return value
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// The slot that holds the key, or the free slot where it belongs.
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    // Fibonacci hashing: the high bits of the product depend on all bits of both symbols.
    var slot = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
    while keys[slot] != key, keys[slot] != Self.free { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: Self.free, count: 2 * oldKeys.count)
    values = Array(repeating: 0, count: 2 * oldKeys.count)
    for (key, value) in zip(oldKeys, oldValues) where key != Self.free {
      let slot = slot(of: key)
      (keys[slot], values[slot]) = (key, value)
    }
  }
}
