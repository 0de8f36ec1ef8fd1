import Text

/// Places spans in a translation by alignment: pairs of tags around the words that come from what they enclose, nested as
/// in the source, and everything else between the words that come from before and after it.
struct SpanPlacement {
  /// A span or a pair of tags with what is between them, in the order of the source.
  private indirect enum Node {
    case point(PieceSpans.Place)
    case pair(PieceSpans.Place, PieceSpans.Place, [Node])
  }

  private let alignment: SpanAlignment
  /// The spans before each word, and after the last one.
  private(set) var events: [[PieceSpans.Place]]

  /// - Parameters:
  ///   - places: the spans to place, in the order of the source.
  ///   - alignment: where the translation's words come from.
  init(_ places: [PieceSpans.Place], _ alignment: SpanAlignment) {
    self.alignment = alignment
    events = Array(repeating: [], count: alignment.words.count + 1)
    var rest = places[...]
    place(Self.nodes(&rest, until: nil), in: 0..<alignment.words.count)
  }

  /// The nodes up to the end of a pair.
  private static func nodes(_ rest: inout ArraySlice<PieceSpans.Place>, until end: Int?) -> [Node] {
    var nodes: [Node] = []
    while let place = rest.first {
      switch place.role {
      case .closing(let number) where number == end: return nodes
      case .opening(let number)
      where rest.dropFirst().contains { $0.role == .closing(number) }:
        rest.removeFirst()
        let inner = self.nodes(&rest, until: number)
        if let closing = rest.popFirst() {
          nodes.append(.pair(place, closing, inner))
        } else {
          nodes += [.point(place)] + inner
        }
      default:
        rest.removeFirst()
        nodes.append(.point(place))
      }
    }
    return nodes
  }

  private mutating func place(_ nodes: [Node], in words: Range<Int>) {
    var free = alignment.words.indices.map { words.contains($0) }
    var ranges = [Range<Int>?](repeating: nil, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      guard case .pair(let opening, let closing, _) = node, opening.offset < closing.offset else { continue }
      ranges[index] = alignment.range(of: opening.offset..<closing.offset, free: free)
      for word in ranges[index] ?? 0..<0 { free[word] = false }
    }
    // Nothing else goes between the words of a pair.
    let inner = Set(ranges.compactMap(\.self).flatMap { $0.dropFirst() })
    let boundaries = (words.lowerBound...words.upperBound).filter { !inner.contains($0) }
    for (index, node) in nodes.enumerated() where ranges[index] == nil {
      let offset =
        switch node {
        case .point(let place), .pair(let place, _, _): place.offset
        }
      let boundary = alignment.boundary(at: offset, among: boundaries)
      ranges[index] = boundary..<boundary
    }
    let order = nodes.indices.sorted { left, right in
      let (first, second) = (ranges[left] ?? 0..<0, ranges[right] ?? 0..<0)
      return (first.lowerBound, first.upperBound, left) < (second.lowerBound, second.upperBound, right)
    }
    for index in order {
      let range = ranges[index] ?? 0..<0
      switch nodes[index] {
      case .point(let place): events[range.lowerBound].append(place)
      case .pair(let opening, let closing, let children):
        events[range.lowerBound].append(opening)
        place(children, in: range)
        events[range.upperBound].append(closing)
      }
    }
  }
}
