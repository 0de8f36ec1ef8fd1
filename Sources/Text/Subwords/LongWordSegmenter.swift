/// Applies the merges of an encoding to long words, such as hex dumps, at a cost that depends on what merges change.
///
/// ``WordSegmenter`` looks at all symbols for each merge, which is fastest for words of ordinary length.
struct LongWordSegmenter: Sendable {
  private var links = LinkedSymbols()
  /// Possible merges, the earliest learned first, then from left to right; some are no longer possible.
  private var queue = MergeQueue()
  /// The places of one merge.
  private var places: [Int32] = []

  /// Merges symbols until no merge applies.
  ///
  /// - Parameters:
  ///   - symbols: the characters of a word; afterwards, its subwords.
  ///   - ends: where the text of each ends.
  ///   - encoding: the merges.
  /// - Complexity: O(n · log n) for n characters.
  mutating func merge(_ symbols: inout [Int32], endingAt ends: inout [Int], by encoding: BytePairEncoding) {
    links.removeAll()
    queue.removeAll()
    for (index, symbol) in symbols.enumerated() { links.append(symbol, startsWord: index == 0) }
    for place in 0..<Int32(links.count) { enqueue(place, encoding) }
    while let first = queue.pop() {
      // All occurrences of a merge come before merges that it makes possible, even if those were learned earlier.
      places.removeAll(keepingCapacity: true)
      places.append(first.place)
      while let other = queue.pop(rank: first.rank) { places.append(other.place) }
      let merge = encoding.merges[Int(first.rank)]
      for place in places where links.holds(merge.left, merge.right, at: place) {
        links.merge(at: place, to: merge.result)
        enqueue(place, encoding)
        if let previous = links.previous(place) { enqueue(previous, encoding) }
      }
    }
    collect(&symbols, &ends)
  }

  private mutating func enqueue(_ place: Int32, _ encoding: BytePairEncoding) {
    guard let next = links.next(place) else { return }
    let rank = encoding.ranks.find(links.symbol(at: place), links.symbol(at: next))
    if let rank { queue.push(MergeQueue.Entry(rank: rank, place: place)) }
  }

  private func collect(_ symbols: inout [Int32], _ ends: inout [Int]) {
    var write = 0
    for place in 0..<Int32(links.count) where links.isOccupied(place) {
      // A symbol ends where the last of its characters does, right before the next symbol's place.
      let last = links.next(place).map { Int($0) - 1 } ?? links.count - 1
      symbols[write] = links.symbol(at: place)
      ends[write] = ends[last]
      write += 1
    }
    symbols.removeSubrange(write...)
    ends.removeSubrange(write...)
  }
}

/// A queue of possible merges in a word.
private struct MergeQueue: Sendable {
  struct Entry: Sendable {
    let rank: Int32
    let place: Int32

    static func precedes(_ a: Entry, _ b: Entry) -> Bool {
      a.rank != b.rank ? a.rank < b.rank : a.place < b.place
    }
  }

  private var heap = BinaryHeap<Entry>()

  mutating func removeAll() { heap.removeAll() }

  mutating func push(_ entry: Entry) { heap.push(entry, by: Entry.precedes) }

  mutating func pop() -> Entry? { heap.pop(by: Entry.precedes) }

  /// Removes the first entry if it has this rank.
  mutating func pop(rank: Int32) -> Entry? { heap.first?.rank == rank ? pop() : nil }
}
