/// Finds all pieces that begin a text.
///
/// It is a double array: the child of a node for a byte is in the slot at the node's base plus the byte, if that slot
/// belongs to the node.
///
/// Source: Aoe 1989, "An Efficient Digital Search Algorithm by Using a Double-Array Structure".
struct PieceTrie: Sendable {
  private struct Slot {
    /// The slot of the parent; -1 if the slot is free.
    var parent: Int32 = -1
    var base: Int32 = 0
    /// The piece that ends here; -1 if none does.
    var id: Int32 = -1
  }

  /// The root, and slots for every byte after every base.
  private var slots = [Slot](repeating: Slot(), count: 512)

  /// How many places are tried for the children of a node, before they get new slots.
  private static let mostTries = 32

  /// The trie of some pieces of a table.
  ///
  /// - Complexity: the number of bytes of the pieces, times the logarithm of their number.
  init(_ pieces: ByteStringTable, ids all: [Int]) {
    var order = all
    var nodes = [(slot: 0, range: 0..<order.count, depth: 0)]
    var next = 0
    // The first slot that may be free, behind all bytes of a base of 0.
    var free = 256
    slots[0].parent = 0
    while next < nodes.count {
      var (slot, range, depth) = nodes[next]
      next += 1
      order[range].sort { pieces.byte(depth, of: $0) < pieces.byte(depth, of: $1) }
      // A piece that ends here comes first.
      if let first = range.first, pieces.length(of: order[first]) == depth {
        slots[slot].id = Int32(order[first])
        range = range.dropFirst()
      }
      guard !range.isEmpty else { continue }
      let groups = Self.groups(range) { pieces.byte(depth, of: order[$0]) }
      let base = place(groups.map(\.byte), from: &free)
      slots[slot].base = Int32(base)
      for group in groups {
        slots[base + group.byte].parent = Int32(slot)
        nodes.append((base + group.byte, group.range, depth + 1))
      }
    }
  }

  /// The parts of a range with equal bytes.
  private static func groups(_ range: Range<Int>, _ byte: (Int) -> Int) -> [(byte: Int, range: Range<Int>)] {
    var groups: [(byte: Int, range: Range<Int>)] = []
    for index in range {
      let byte = byte(index)
      if let last = groups.last, last.byte == byte {
        groups[groups.count - 1].range = last.range.lowerBound..<index + 1
      } else {
        groups.append((byte, index..<index + 1))
      }
    }
    return groups
  }

  /// A base at which the slots of all these bytes are free.
  private mutating func place(_ bytes: [Int], from free: inout Int) -> Int {
    while free < slots.count, slots[free].parent >= 0 { free += 1 }
    var place = max(free, bytes[0])
    for _ in 0..<Self.mostTries {
      let base = place - bytes[0]
      guard base + 512 <= slots.count else { break }
      if bytes.allSatisfy({ slots[base + $0].parent < 0 }) { return base }
      place += 1
    }
    let base = slots.count - 256
    slots.append(contentsOf: repeatElement(Slot(), count: 256))
    return base
  }

  /// Calls `body` with the id and the end of each piece that is at a place of a text, shortest first.
  @inline(__always)
  func forEachPrefix(of text: borrowing Span<UInt8>, from start: Int, _ body: (_ id: Int, _ end: Int) -> Void)
  {
    var node: Int32 = 0
    var base = Int(slots[0].base)
    var position = start
    while position < text.count {
      let child = base + Int(text[position])
      let slot = slots[child]
      guard slot.parent == node, child > 0 else { return }
      position += 1
      if slot.id >= 0 { body(Int(slot.id), position) }
      (node, base) = (Int32(truncatingIfNeeded: child), Int(slot.base))
    }
  }

  /// The longest piece at a place of a text.
  func longest(in text: borrowing Span<UInt8>, from start: Int) -> (id: Int, end: Int)? {
    var longest: (id: Int, end: Int)?
    forEachPrefix(of: text, from: start) { longest = ($0, $1) }
    return longest
  }

  /// Whether a piece begins with a byte.
  func mayBegin(with byte: UInt8) -> Bool {
    let child = Int(slots[0].base) + Int(byte)
    return child > 0 && slots[child].parent == 0
  }
}
