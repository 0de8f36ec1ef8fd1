/// Merges characters to the pieces of a byte pair model, and leaves out merges at random.
///
/// Source: Provilkov et al. 2020, "BPE-Dropout", as `Model::SampleEncode` of SentencePiece does it: a merge that is left
/// out is not tried again at that place, unless other merges give its neighbors another extent.
struct PieceMerger: Sendable {
  private let pieces: ByteStringTable
  private let scores: [Float]
  private let kinds: [SentencePieceFile.PieceKind]
  private let unknown: Int

  init(_ file: SentencePieceFile) {
    (pieces, scores, kinds, unknown) = (file.pieces, file.scores, file.pieceKinds, file.unknown)
  }

  /// A part of the text; one that was merged with the part before is empty.
  private struct Symbol {
    var range: Range<Int>
    var previous: Int
    /// -1 at the end.
    var next: Int
  }

  /// Two neighbors that make a piece.
  private struct Pair {
    var left: Int
    var right: Int
    var score: Float
    var size: Int
  }

  /// Draws a segmentation; without dropout it is that of the library.
  func segment(_ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator)
    -> [(id: Int, range: Range<Int>)]
  {
    var symbols = characters(of: text)
    var pairs = BinaryHeap<Pair>()
    // How long the left part of a piece is that is only used to make others.
    var leftLengths: [Int: Int] = [:]
    let precedes = { (a: Pair, b: Pair) in a.score > b.score || a.score == b.score && a.left < b.left }
    func add(_ left: Int, _ right: Int) {
      guard left >= 0, right >= 0 else { return }
      let range = symbols[left].range.lowerBound..<symbols[right].range.upperBound
      guard let id = id(of: text, range) else { return }
      pairs.push(Pair(left: left, right: right, score: scores[id], size: range.count), by: precedes)
      if kinds[id] == .unused { leftLengths[id] = symbols[left].range.count }
    }
    for index in symbols.indices.dropFirst() { add(index - 1, index) }
    while let pair = pairs.pop(by: precedes) {
      let (left, right) = (symbols[pair.left], symbols[pair.right])
      guard !left.range.isEmpty, !right.range.isEmpty, left.range.count + right.range.count == pair.size
      else { continue }
      if dropout > 0, randomFraction(using: &generator) < dropout { continue }
      symbols[pair.left].range = left.range.lowerBound..<right.range.upperBound
      symbols[pair.left].next = right.next
      if right.next >= 0 { symbols[right.next].previous = pair.left }
      symbols[pair.right].range = 0..<0
      add(left.previous, pair.left)
      add(pair.left, right.next)
    }
    var segmented: [(id: Int, range: Range<Int>)] = []
    var index = 0
    while index >= 0 {
      append(symbols[index].range, of: text, leftLengths, to: &segmented)
      index = symbols[index].next
    }
    return segmented
  }

  private func characters(of text: [UInt8]) -> [Symbol] {
    var symbols: [Symbol] = []
    var start = 0
    while start < text.count {
      let end = start + characterLength(text, at: start)
      symbols.append(
        Symbol(
          range: start..<end, previous: symbols.count - 1, next: end < text.count ? symbols.count + 1 : -1))
      start = end
    }
    return symbols
  }

  /// The piece that is text.
  private func id(of text: [UInt8], _ range: Range<Int>) -> Int? {
    guard let id = pieces.find(text.span.extracting(range)) else { return nil }
    switch kinds[id] {
    case .normal, .userDefined, .unused: return id
    case .unknown, .control, .byte: return nil
    }
  }

  /// Appends a part of the text, split again if its piece is only used to make others.
  private func append(
    _ range: Range<Int>, of text: [UInt8], _ leftLengths: [Int: Int],
    to segmented: inout [(id: Int, range: Range<Int>)]
  ) {
    let id = id(of: text, range) ?? unknown
    guard kinds[id] == .unused, let left = leftLengths[id] else {
      segmented.append((id, range))
      return
    }
    let middle = range.lowerBound + left
    append(range.lowerBound..<middle, of: text, leftLengths, to: &segmented)
    append(middle..<range.upperBound, of: text, leftLengths, to: &segmented)
  }
}
