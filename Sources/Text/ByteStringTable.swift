/// Byte strings numbered in the order of their first insertion, found again by hash.
///
/// Words, subwords and symbols all live in such tables: one buffer for the bytes of all entries and no
/// allocation per look-up, where a `Dictionary` of arrays would allocate a key for every word of a text.
struct ByteStringTable: Sendable {
  private var bytes: [UInt8] = []
  /// Entry `i` is `bytes[ends[i]..<ends[i + 1]]`.
  private var ends: [Int] = [0]
  private var hashes: [UInt32] = []
  /// Open addressing with linear probing: the entry's number, or -1 where free; a power of two of them.
  private var slots: [Int32] = Array(repeating: -1, count: 16)

  /// Entries in the table.
  var count: Int { hashes.count }

  /// The bytes of an entry.
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[ends[index]..<ends[index + 1]] }

  /// Length of an entry in bytes.
  func length(of index: Int) -> Int { ends[index + 1] - ends[index] }

  /// The number of a byte string, or `nil` where it was never inserted.
  func find(_ key: Span<UInt8>) -> Int? {
    let slot = slot(of: key, hash: Self.hash(key))
    return slots[slot] < 0 ? nil : Int(slots[slot])
  }

  /// The number of a byte string, a new one if it was not yet there.
  mutating func insert(_ key: Span<UInt8>) -> Int { insert(key, hash: Self.hash(key)) }

  /// The number of an entry of another table, a new one if it was not yet there.
  mutating func insert(_ index: Int, of other: ByteStringTable) -> Int {
    insert(other.bytes.span.extracting(other.ends[index]..<other.ends[index + 1]), hash: other.hashes[index])
  }

  private mutating func insert(_ key: Span<UInt8>, hash: UInt32) -> Int {
    let slot = slot(of: key, hash: hash)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    let index = count
    slots[slot] = Int32(index)
    hashes.append(hash)
    for position in key.indices { bytes.append(key[position]) }
    ends.append(bytes.count)
    if 2 * count > slots.count { grow() }
    return index
  }

  /// Forgets all entries and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    hashes.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = -1 }
  }

  /// Whether entry `left` stands before entry `right` in byte order.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    let common = min(length(of: left), length(of: right))
    for offset in 0..<common {
      let (a, b) = (bytes[ends[left] + offset], bytes[ends[right] + offset])
      if a != b { return a < b }
    }
    return length(of: left) < length(of: right)
  }

  /// The slot that holds the key, or the free slot where it belongs.
  private func slot(of key: Span<UInt8>, hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), key, hash) { slot = (slot + 1) & mask }
    return slot
  }

  private func isEqual(_ index: Int, _ key: Span<UInt8>, _ hash: UInt32) -> Bool {
    guard hashes[index] == hash, length(of: index) == key.count else { return false }
    let start = ends[index]
    for position in key.indices where bytes[start + position] != key[position] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    let mask = slots.count - 1
    for index in 0..<count {
      var slot = Int(hashes[index]) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }

  /// FNV-1a in 64 bits, its halves folded: words are short, so a byte at a time is fast enough.
  private static func hash(_ key: Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for position in key.indices { hash = (hash ^ UInt64(key[position])) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
