/// The rows of fingerprints, found without allocation.
package struct NgramIndex: Sendable {
  /// How many there are.
  package let count: Int
  /// A fingerprint in the upper half, its row plus one in the lower; 0 where there is none.
  private let slots: [UInt64]
  private let shift: UInt32

  /// An index of different fingerprints, whose rows are their places in the list.
  package init(_ fingerprints: [UInt32]) {
    count = fingerprints.count
    var bits: UInt32 = 1
    while 1 << bits < 2 * count { bits += 1 }
    shift = 32 - bits
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    for (row, fingerprint) in fingerprints.enumerated() {
      var slot = Int(fingerprint >> shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt64(fingerprint) << 32 | UInt64(row + 1)
    }
    self.slots = slots
  }

  /// The row of a fingerprint; -1 if it has none.
  @inline(__always)
  package func row(of fingerprint: UInt32) -> Int {
    var slot = Int(fingerprint >> shift)
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] >> 32) == fingerprint {
        return Int(slots[slot] & 0xFFFF_FFFF) - 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }
}
