/// A hash table of byte strings, numbered in the order of their first insertion.
///
/// Words, subwords and symbols all live in such tables. One buffer holds the bytes of all entries, so a lookup
/// allocates nothing, whereas a `Dictionary` of arrays would allocate a key for every word of a text.
package struct ByteStringTable: Sendable {
  private var bytes: [UInt8] = []
  /// Entry `i` is `bytes[ends[i]..<ends[i + 1]]`.
  private var ends: [Int] = [0]
  private var hashes: [UInt32] = []
  /// Slots for open addressing with linear probing; their number is a power of two.
  private var slots = [Slot](repeating: Slot(), count: 16)

  /// A slot of the hash table.
  ///
  /// It holds the hash as well, so that skipping another entry needs no further memory access.
  private struct Slot {
    var hash: UInt32 = 0
    var index: Int32 = -1

    var isFree: Bool { index < 0 }
  }

  /// A table of the given strings, in this order.
  package init(_ strings: [String] = []) {
    for string in strings { _ = insert(Array(string.utf8).span) }
  }

  /// Number of entries.
  package var count: Int { hashes.count }

  /// The bytes of an entry.
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ends[index]..<ends[index + 1]] }

  /// Length of an entry in bytes.
  func length(of index: Int) -> Int { ends[index + 1] - ends[index] }

  /// A byte of an entry; -1 at its end.
  func byte(_ offset: Int, of index: Int) -> Int {
    let place = ends[index] + offset
    return place < ends[index + 1] ? Int(bytes[place]) : -1
  }

  /// The number of a byte string; nil if it is not in the table.
  func find(_ key: Span<UInt8>) -> Int? {
    let slot = slots[place(of: key, hash: Self.hash(key))]
    return slot.isFree ? nil : Int(slot.index)
  }

  /// The number of a byte string, which is inserted if it is new.
  package mutating func insert(_ key: Span<UInt8>) -> Int { insert(key, hash: Self.hash(key)) }

  /// The number of another table's entry, which is inserted if it is new.
  mutating func insert(_ index: Int, of other: ByteStringTable) -> Int {
    insert(other.bytes.span.extracting(other.ends[index]..<other.ends[index + 1]), hash: other.hashes[index])
  }

  private mutating func insert(_ key: Span<UInt8>, hash: UInt32) -> Int {
    let place = place(of: key, hash: hash)
    guard slots[place].isFree else { return Int(slots[place].index) }
    let index = count
    slots[place] = Slot(hash: hash, index: Int32(index))
    hashes.append(hash)
    for position in key.indices { bytes.append(key[position]) }
    ends.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return index
  }

  /// Removes all entries but keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    hashes.removeAll(keepingCapacity: true)
    for place in slots.indices { slots[place] = Slot() }
  }

  /// Whether entry `left` comes before entry `right` in byte order.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    let common = min(length(of: left), length(of: right))
    for offset in 0..<common {
      let (a, b) = (bytes[ends[left] + offset], bytes[ends[right] + offset])
      if a != b { return a < b }
    }
    return length(of: left) < length(of: right)
  }

  /// The slot that holds the key, or the free slot where it belongs.
  private func place(of key: Span<UInt8>, hash: UInt32) -> Int {
    let mask = slots.count - 1
    var place = Int(hash) & mask
    while !slots[place].isFree, slots[place].hash != hash || !isEqual(Int(slots[place].index), key) {
      place = (place + 1) & mask
    }
    return place
  }

  private func isEqual(_ index: Int, _ key: Span<UInt8>) -> Bool {
    let start = ends[index]
    guard ends[index + 1] - start == key.count else { return false }
    for position in key.indices where bytes[start + position] != key[position] { return false }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    let mask = slots.count - 1
    for slot in old where !slot.isFree {
      var place = Int(slot.hash) & mask
      while !slots[place].isFree { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  /// 64-bit FNV-1a, folded to 32 bits: words are short, so one byte at a time is fast enough.
  private static func hash(_ key: Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for position in key.indices { hash = (hash ^ UInt64(key[position])) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
