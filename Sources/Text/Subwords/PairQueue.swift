/// A binary heap of symbol pairs; the most frequent comes first, and among equally frequent ones the greatest in byte
/// order.
struct PairQueue {
  struct Entry {
    let count: Int
    let number: Int32
    let left: Int32, right: Int32
  }

  private var heap: [Entry] = []

  mutating func push(_ entry: Entry, _ symbols: ByteStringTable) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard Self.precedes(heap[child], heap[parent], symbols) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop(_ symbols: ByteStringTable) -> Entry? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if Self.precedes(heap[child], heap[best], symbols) { best = child }
      }
      guard best != parent else { return first }
      heap.swapAt(best, parent)
      parent = best
    }
  }

  private static func precedes(_ a: Entry, _ b: Entry, _ symbols: ByteStringTable) -> Bool {
    if a.count != b.count { return a.count > b.count }
    if a.left != b.left { return symbols.precedes(Int(b.left), Int(a.left)) }
    return a.right != b.right && symbols.precedes(Int(b.right), Int(a.right))
  }
}
