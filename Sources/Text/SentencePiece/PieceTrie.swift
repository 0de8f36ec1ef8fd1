/// Finds all pieces that begin a text.
///
/// Nodes are numbered level by level, so that the children of a node are in a row, in the order of their bytes.
struct PieceTrie: Sendable {
  /// The byte that leads to each node.
  private var labels: [UInt8] = [0]
  /// The children of node `i` are `firstChildren[i]..<firstChildren[i + 1]`.
  private var firstChildren: [Int32] = []
  /// The piece that ends at each node; -1 if none does.
  private var ids: [Int32] = [-1]
  /// The child of the first node for each byte; -1 if there is none.
  private var roots = [Int32](repeating: -1, count: 256)

  /// The trie of some pieces of a table.
  ///
  /// - Complexity: the number of bytes of the pieces, times the logarithm of their number.
  init(_ pieces: ByteStringTable, ids all: [Int]) {
    var order = all
    // The pieces below each node.
    var ranges = [0..<order.count]
    var depth = 0
    var (node, levelEnd) = (0, 1)
    while node < ranges.count {
      firstChildren.append(Int32(ranges.count))
      var range = ranges[node]
      order[range].sort { pieces.byte(depth, of: $0) < pieces.byte(depth, of: $1) }
      // A piece that ends here comes first.
      if let first = range.first, pieces.length(of: order[first]) == depth {
        ids[node] = Int32(order[first])
        range = range.dropFirst()
      }
      var start = range.lowerBound
      for index in range
      where index + 1 == range.upperBound
        || pieces.byte(depth, of: order[index + 1]) != pieces.byte(depth, of: order[start])
      {
        if depth == 0 { roots[pieces.byte(0, of: order[start])] = Int32(ranges.count) }
        labels.append(UInt8(pieces.byte(depth, of: order[start])))
        ids.append(-1)
        ranges.append(start..<index + 1)
        start = index + 1
      }
      node += 1
      if node == levelEnd { (depth, levelEnd) = (depth + 1, ranges.count) }
    }
    firstChildren.append(Int32(ranges.count))
  }

  /// Calls `body` with the id and the end of each piece that is at a place of a text, shortest first.
  @inline(__always)
  func forEachPrefix(of text: borrowing Span<UInt8>, from start: Int, _ body: (_ id: Int, _ end: Int) -> Void)
  {
    var node = Int(roots[Int(text[start])])
    var position = start + 1
    while node >= 0 {
      if ids[node] >= 0 { body(Int(ids[node]), position) }
      guard position < text.count else { return }
      node = child(of: node, text[position])
      position += 1
    }
  }

  /// The longest piece at a place of a text.
  func longest(in text: borrowing Span<UInt8>, from start: Int) -> (id: Int, end: Int)? {
    var longest: (id: Int, end: Int)?
    forEachPrefix(of: text, from: start) { longest = ($0, $1) }
    return longest
  }

  /// Whether a piece begins with a byte.
  func mayBegin(with byte: UInt8) -> Bool { roots[Int(byte)] >= 0 }

  @inline(__always)
  private func child(of node: Int, _ byte: UInt8) -> Int {
    var (low, high) = (Int(firstChildren[node]), Int(firstChildren[node + 1]))
    while high - low > 8 {
      let middle = (low + high) / 2
      if labels[middle] <= byte { low = middle } else { high = middle }
    }
    while low < high {
      if labels[low] == byte { return low }
      low += 1
    }
    return -1
  }
}
