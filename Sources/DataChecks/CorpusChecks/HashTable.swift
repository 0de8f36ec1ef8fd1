/// Values by 64-bit hashes, in bounded memory.
///
/// A table with open addressing. When it would grow beyond its limit, it forgets half of the hashes, chosen by their
/// bits, and from then on counts only the other half; see ``share``.
package struct HashTable<Value: BitwiseCopyable & Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value]
  private let empty: Value
  private let mostSlots: Int
  /// Number of hashes.
  package private(set) var count = 0
  /// The table keeps hashes of which this many leading bits are zero.
  private var skippedBits = 0

  /// An empty table.
  ///
  /// - Parameters:
  ///   - mostSlots: the greatest number of slots, a power of two.
  ///   - empty: a value for free slots.
  package init(mostSlots: Int, empty: Value) {
    (self.mostSlots, self.empty) = (mostSlots, empty)
    let slots = min(mostSlots, 1 << 12)
    (keys, values) = (Array(repeating: 0, count: slots), Array(repeating: empty, count: slots))
  }

  /// The share of all hashes that the table knows about.
  package var share: Double { 1 / Double(1 << skippedBits) }

  /// Looks a hash up, and adds it if it is new.
  ///
  /// - Parameters:
  ///   - hash: well mixed.
  ///   - new: the value if it is new.
  ///   - change: called with the value if the hash is there already.
  /// - Returns: whether it was there; nil if the table does not keep this hash.
  @discardableResult
  package mutating func update(_ hash: UInt64, new: Value, _ change: (inout Value) -> Void) -> Bool? {
    // 0 marks free slots.
    let key = hash == 0 ? 1 : hash
    guard skippedBits == 0 || key >> UInt64(64 - skippedBits) == 0 else { return nil }
    var slot = slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key {
        change(&values[slot])
        return true
      }
      slot = (slot + 1) & (keys.count - 1)
    }
    (keys[slot], values[slot]) = (key, new)
    count += 1
    if 4 * count > 3 * keys.count { grow() }
    return false
  }

  /// The value of a hash.
  package subscript(hash: UInt64) -> Value? {
    let key = hash == 0 ? 1 : hash
    var slot = slot(key)
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  private func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key) & (keys.count - 1) }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    if keys.count >= mostSlots { skippedBits += 1 }
    let slots = min(mostSlots, 2 * keys.count)
    (keys, values) = (Array(repeating: 0, count: slots), Array(repeating: empty, count: slots))
    count = 0
    for (key, value) in zip(oldKeys, oldValues)
    where key != 0 && (skippedBits == 0 || key >> UInt64(64 - skippedBits) == 0) {
      var slot = slot(key)
      while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
      (keys[slot], values[slot]) = (key, value)
      count += 1
    }
  }
}
