/// Finds all pieces that begin a text.
struct PieceTrie: Sendable {
  /// Slots for open addressing with linear probing: a node and a byte, and the child; their number is a power of two.
  private var keys: [UInt64]
  private var children: [Int32]
  /// The piece that ends at each node; -1 if none does.
  private var ids: [Int32] = [-1]

  /// The trie of some pieces of a table.
  init(_ pieces: ByteStringTable, ids: [Int]) {
    let bytes = ids.reduce(1) { $0 + pieces.length(of: $1) }
    let slots = 1 << (Int.bitWidth - (2 * bytes).leadingZeroBitCount)
    keys = Array(repeating: .max, count: slots)
    children = Array(repeating: 0, count: slots)
    for id in ids {
      var node: Int32 = 0
      for byte in pieces[id] {
        let place = place(of: node, byte)
        if keys[place] == .max {
          keys[place] = Self.key(node, byte)
          children[place] = Int32(self.ids.count)
          self.ids.append(-1)
        }
        node = children[place]
      }
      self.ids[Int(node)] = Int32(id)
    }
  }

  /// Calls `body` with the id and the end of each piece that is at a place of a text, shortest first.
  func forEachPrefix(of text: [UInt8], from start: Int, _ body: (_ id: Int, _ end: Int) -> Void) {
    var node: Int32 = 0
    for position in start..<text.count {
      let place = place(of: node, text[position])
      guard keys[place] != .max else { return }
      node = children[place]
      if ids[Int(node)] >= 0 { body(Int(ids[Int(node)]), position + 1) }
    }
  }

  private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 | UInt64(byte) }

  /// The slot of a node's child, or the free slot where it belongs.
  private func place(of node: Int32, _ byte: UInt8) -> Int {
    let key = Self.key(node, byte)
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while keys[place] != .max, keys[place] != key { place = (place + 1) & mask }
    return place
  }
}
