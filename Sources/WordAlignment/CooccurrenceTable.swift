/// Which words occur in sentences and in their translations, and how probably one translates the other.
///
/// A hash table with open addressing: there are far fewer such pairs than source words times target words.
package struct CooccurrenceTable: Sendable {
  /// A pair of words.
  package struct Entry: Sendable, BitwiseCopyable {
    /// The source word; ``free`` if there is no pair in this slot.
    package internal(set) var source = CooccurrenceTable.free
    /// The target word.
    package internal(set) var target = CooccurrenceTable.free
    /// The probability of the target word, given the source word.
    package internal(set) var forward: Float = 0
    /// The probability of the source word, given the target word.
    package internal(set) var reverse: Float = 0

    /// Whether there is no pair in this slot.
    package var isFree: Bool { source == CooccurrenceTable.free }
  }

  /// The source word of a free slot.
  static let free = UInt32.max

  /// The slots; their number is a power of two.
  package private(set) var slots = [Entry](repeating: Entry(), count: 1 << 10)
  /// Number of pairs.
  package private(set) var count = 0

  /// The slot of a pair, or the free slot where it would be.
  @inline(__always)
  func slot(_ source: UInt32, _ target: UInt32) -> Int {
    let key = UInt64(source) << 32 | UInt64(target)
    let mixed = (key ^ key >> 29) &* 0x9e37_79b9_7f4a_7c15
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: mixed >> 32) & mask
    while true {
      let entry = slots[slot]
      if entry.isFree || (entry.source == source && entry.target == target) { return slot }
      slot = (slot + 1) & mask
    }
  }

  /// Adds a pair that may be there already.
  mutating func insert(_ source: UInt32, _ target: UInt32) {
    let slot = slot(source, target)
    guard slots[slot].isFree else { return }
    (slots[slot].source, slots[slot].target) = (source, target)
    count += 1
    if 3 * count > 2 * slots.count { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = [Entry](repeating: Entry(), count: 2 * old.count)
    for entry in old where !entry.isFree { slots[slot(entry.source, entry.target)] = entry }
  }

  /// Gives each pair new probabilities.
  ///
  /// - Parameters:
  ///   - range: the slots.
  ///   - probabilities: of each of them, in order; values of free slots are ignored.
  mutating func replace(_ range: Range<Int>, _ probabilities: [(forward: Float, reverse: Float)]) {
    for (slot, new) in zip(range, probabilities) where !slots[slot].isFree {
      (slots[slot].forward, slots[slot].reverse) = (new.forward, new.reverse)
    }
  }
}
