/// Merges characters to the pieces of a byte pair model, and may leave out merges at random.
///
/// Source: Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units"; Provilkov et al. 2020,
/// "BPE-Dropout". As in `Model::SampleEncode` of SentencePiece, a merge that is left out is not tried again at that place,
/// unless other merges give its neighbors another extent.
struct PieceMerger: Sendable {
  private let file: SentencePieceFile
  private let userDefined: PieceTrie
  /// Whether words can be segmented one by one: if no piece has the mark of a space but at its beginning.
  private let hasSeparateWords: Bool

  init(_ file: SentencePieceFile, userDefined: PieceTrie) {
    (self.file, self.userDefined) = (file, userDefined)
    hasSeparateWords = file.pieceKinds.indices.allSatisfy { id in
      let rest = file.pieces[id].dropFirst()
      return !file.isText(id) || !rest.indices.contains { SpaceMark.begins(rest[$0...]) }
    }
  }

  /// A part of the text; one that was merged with the part before is empty.
  fileprivate struct Symbol {
    var range: Range<Int>
    var previous: Int
    /// -1 at the end.
    var next: Int
    /// Whether it is user-defined, and not merged.
    var isFixed: Bool
  }

  /// Two neighbors that make a piece.
  fileprivate struct Pair {
    var left: Int
    var right: Int
    var score: Float
    var size: Int

    static func precedes(_ a: Pair, _ b: Pair) -> Bool {
      a.score > b.score || a.score == b.score && a.left < b.left
    }
  }

  /// Memory that is used again for the next text, and words that were segmented before.
  struct Scratch: Sendable {
    fileprivate var cache = WordCache<NormalizedPiece>()
    fileprivate var found: [NormalizedPiece] = []
    fileprivate var symbols: [Symbol] = []
    fileprivate var pairs = BinaryHeap<Pair>()
    /// How long the left part of a piece is that is only used to make others.
    fileprivate var leftLengths: [Int: Int] = [:]
  }

  /// Appends the pieces of a normalized text.
  func segment(_ text: [UInt8], _ scratch: inout Scratch, to pieces: inout [NormalizedPiece]) {
    var generator = NoRandomness()
    guard hasSeparateWords else {
      return merge(text, 0..<text.count, dropout: 0, using: &generator, &scratch, to: &pieces)
    }
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, text[end] != SpaceMark.bytes[0] || !SpaceMark.begins(text[end...]) { end += 1 }
      let word = text.span.extracting(start..<end)
      scratch.found.removeAll(keepingCapacity: true)
      if scratch.cache.append(word, to: &scratch.found) {
        for piece in scratch.found {
          pieces.append(NormalizedPiece(id: piece.id, start: start + piece.start, end: start + piece.end))
        }
      } else {
        let first = pieces.count
        merge(text, start..<end, dropout: 0, using: &generator, &scratch, to: &pieces)
        let relative = pieces[first...].map { piece in
          NormalizedPiece(id: piece.id, start: piece.start - start, end: piece.end - start)
        }
        scratch.cache.insert(word, relative[...])
      }
      start = end
    }
  }

  /// Appends the pieces of a normalized text with BPE-dropout.
  func segment(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator,
    _ scratch: inout Scratch, to pieces: inout [NormalizedPiece]
  ) {
    merge(text, 0..<text.count, dropout: dropout, using: &generator, &scratch, to: &pieces)
  }

  private func merge(
    _ text: [UInt8], _ range: Range<Int>, dropout: Double, using generator: inout some RandomNumberGenerator,
    _ scratch: inout Scratch, to pieces: inout [NormalizedPiece]
  ) {
    split(text.span, range, to: &scratch.symbols)
    scratch.pairs.removeAll()
    scratch.leftLengths.removeAll(keepingCapacity: true)
    for index in scratch.symbols.indices.dropFirst() { add(index - 1, index, of: text, to: &scratch) }
    while let pair = scratch.pairs.pop(by: Pair.precedes) {
      let (left, right) = (scratch.symbols[pair.left], scratch.symbols[pair.right])
      guard !left.range.isEmpty, !right.range.isEmpty, left.range.count + right.range.count == pair.size
      else { continue }
      if dropout > 0, randomFraction(using: &generator) < dropout { continue }
      scratch.symbols[pair.left].range = left.range.lowerBound..<right.range.upperBound
      scratch.symbols[pair.left].next = right.next
      if right.next >= 0 { scratch.symbols[right.next].previous = pair.left }
      scratch.symbols[pair.right].range = 0..<0
      add(left.previous, pair.left, of: text, to: &scratch)
      add(pair.left, right.next, of: text, to: &scratch)
    }
    var index = 0
    while index >= 0 {
      append(scratch.symbols[index].range, of: text, scratch.leftLengths, to: &pieces)
      index = scratch.symbols[index].next
    }
  }

  /// Splits a part of a text into characters and user-defined pieces.
  private func split(_ text: borrowing Span<UInt8>, _ range: Range<Int>, to symbols: inout [Symbol]) {
    symbols.removeAll(keepingCapacity: true)
    let part = text.extracting(0..<range.upperBound)
    var start = range.lowerBound
    while start < range.upperBound {
      let piece = userDefined.longest(in: part, from: start)
      let end = piece?.end ?? start + characterLength(part, at: start)
      symbols.append(
        Symbol(
          range: start..<end, previous: symbols.count - 1,
          next: end < range.upperBound ? symbols.count + 1 : -1, isFixed: piece != nil))
      start = end
    }
  }

  private func add(_ left: Int, _ right: Int, of text: [UInt8], to scratch: inout Scratch) {
    guard left >= 0, right >= 0, !scratch.symbols[left].isFixed, !scratch.symbols[right].isFixed else {
      return
    }
    let leftRange = scratch.symbols[left].range
    let range = leftRange.lowerBound..<scratch.symbols[right].range.upperBound
    guard let id = id(of: text, range) else { return }
    scratch.pairs.push(
      Pair(left: left, right: right, score: file.scores[id], size: range.count), by: Pair.precedes)
    if file.pieceKinds[id] == .unused { scratch.leftLengths[id] = leftRange.count }
  }

  private func id(of text: [UInt8], _ range: Range<Int>) -> Int? {
    guard let id = file.pieces.find(text.span.extracting(range)), file.isText(id) else { return nil }
    return id
  }

  /// Appends a part of the text, split again if its piece is only used to make others.
  private func append(
    _ range: Range<Int>, of text: [UInt8], _ leftLengths: [Int: Int], to pieces: inout [NormalizedPiece]
  ) {
    let id = id(of: text, range) ?? file.unknown
    guard file.pieceKinds[id] == .unused, let left = leftLengths[id] else {
      pieces.append(NormalizedPiece(id: id, start: range.lowerBound, end: range.upperBound))
      return
    }
    let middle = range.lowerBound + left
    append(range.lowerBound..<middle, of: text, leftLengths, to: &pieces)
    append(middle..<range.upperBound, of: text, leftLengths, to: &pieces)
  }
}

/// For what draws nothing at random.
private struct NoRandomness: RandomNumberGenerator {
  mutating func next() -> UInt64 { 0 }
}
