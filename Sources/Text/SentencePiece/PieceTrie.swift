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
  private static let mostTries = 64

  /// A node whose children have no places yet: the pieces below it, and how long their common beginning is.
  private struct Node {
    var slot: Int32
    var first: Int32
    var end: Int32
    var depth: Int32
  }

  /// Where free slots are looked for, behind all bytes of a base of 0.
  private struct Start {
    /// For a single child: before it, no slot is free.
    var free = 256
    /// For several children.
    var several = 256
  }

  /// The trie of some pieces of a table.
  ///
  /// - Complexity: the number of bytes of the pieces, times the logarithm of their number.
  init(_ pieces: ByteStringTable, ids all: [Int]) {
    // Sorted by their first eight bytes, which is nearly all of the work.
    var order = all.map { (key: Self.key(of: pieces[$0]), id: $0) }
    order.sort { $0.key < $1.key }
    var nodes = [Node(slot: 0, first: 0, end: Int32(order.count), depth: 0)]
    var next = 0
    var start = Start()
    var bytes: [Int] = []
    slots[0].parent = 0
    while next < nodes.count {
      let (slot, depth) = (Int(nodes[next].slot), Int(nodes[next].depth))
      var range = Int(nodes[next].first)..<Int(nodes[next].end)
      next += 1
      if depth >= 8, range.count > 1 {
        order[range].sort { pieces.byte(depth, of: $0.id) < pieces.byte(depth, of: $1.id) }
      }
      // A piece that ends here comes first.
      if let first = range.first, pieces.length(of: order[first].id) == depth {
        slots[slot].id = Int32(order[first].id)
        range = range.dropFirst()
      }
      guard !range.isEmpty else { continue }
      bytes.removeAll(keepingCapacity: true)
      let firstChild = nodes.count
      for index in range {
        // Of the key while it has the byte: pieces are all over the memory.
        let byte =
          depth < 8
          ? Int(truncatingIfNeeded: order[index].key >> UInt64(56 - 8 * depth) & 0xFF)
          : pieces.byte(depth, of: order[index].id)
        if bytes.last == byte {
          nodes[nodes.count - 1].end += 1
        } else {
          bytes.append(byte)
          nodes.append(
            Node(slot: Int32(byte), first: Int32(index), end: Int32(index + 1), depth: Int32(depth + 1)))
        }
      }
      let base = place(bytes, from: &start)
      slots[slot].base = Int32(base)
      for child in firstChild..<nodes.count {
        nodes[child].slot += Int32(base)
        slots[Int(nodes[child].slot)].parent = Int32(slot)
      }
    }
  }

  /// The first eight bytes of a piece as a number, in whose order they are; zeros behind its end.
  private static func key(of piece: ArraySlice<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in piece.prefix(8) { key = key << 8 | UInt64(byte) }
    return key << UInt64(8 * max(0, 8 - piece.count))
  }

  /// A base at which the slots of all these bytes are free.
  private mutating func place(_ bytes: [Int], from start: inout Start) -> Int {
    if bytes.count == 1 {
      // A single byte fits into the first free slot, and fills the gaps between others.
      while slots[start.free].parent >= 0 || start.free < bytes[0] { start.free += 1 }
      let base = start.free - bytes[0]
      if base + 512 > slots.count { addSlots() }
      return base
    }
    for _ in 0..<Self.mostTries {
      let base = max(start.several, bytes[0]) - bytes[0]
      if base + 512 > slots.count { addSlots() }
      if areFree(bytes, base) { return base }
      start.several += 1
    }
    start.several = slots.count - 256
    addSlots()
    return start.several
  }

  private func areFree(_ bytes: [Int], _ base: Int) -> Bool {
    for byte in bytes where slots[base + byte].parent >= 0 { return false }
    return true
  }

  private mutating func addSlots() { slots.append(contentsOf: repeatElement(Slot(), count: 256)) }

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
