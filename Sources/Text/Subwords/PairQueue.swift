/// A queue of symbol pairs; the most frequent comes first, and among equally frequent ones the greatest in byte order.
struct PairQueue {
  struct Entry: Sendable {
    let count: Int
    let number: Int32
    let left: Int32, right: Int32
  }

  private var heap = BinaryHeap<Entry>()

  mutating func push(_ entry: Entry, _ symbols: ByteStringTable) {
    heap.push(entry) { Self.precedes($0, $1, symbols) }
  }

  mutating func pop(_ symbols: ByteStringTable) -> Entry? {
    heap.pop { Self.precedes($0, $1, symbols) }
  }

  private static func precedes(_ a: Entry, _ b: Entry, _ symbols: ByteStringTable) -> Bool {
    if a.count != b.count { return a.count > b.count }
    if a.left != b.left { return symbols.precedes(Int(b.left), Int(a.left)) }
    return a.right != b.right && symbols.precedes(Int(b.right), Int(a.right))
  }
}
