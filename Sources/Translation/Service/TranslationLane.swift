import Decoding

/// A piece that waits for a thread, with its call.
struct WaitingPiece: Sendable {
  let call: TranslationCall.ID
  let piece: PendingPiece

  /// Source tokens, without `</s>`.
  var width: Int { piece.tokens - 1 }
}

/// Pieces of any calls that may share a batch, because they are decoded in the same way.
struct TranslationLane: Sendable {
  let plan: DecoderPlan
  let decoder: any BatchDecoder
  /// Longest first, so that neighbors make a batch with little padding; ties are in the order of calls and lines.
  private(set) var pieces: [WaitingPiece] = []

  init(plan: DecoderPlan, decoder: any BatchDecoder) { (self.plan, self.decoder) = (plan, decoder) }

  mutating func add(_ new: [WaitingPiece]) {
    if new.count == 1, let piece = new.first {
      // The lane may be long, and most calls of a server have one piece.
      pieces.insert(piece, at: place(of: piece))
    } else {
      pieces += new
      pieces.sort(by: Self.precedes)
    }
  }

  private static func precedes(_ left: WaitingPiece, _ right: WaitingPiece) -> Bool {
    (right.width, left.call, left.piece.line, left.piece.index)
      < (left.width, right.call, right.piece.line, right.piece.index)
  }

  /// Where a piece belongs, by binary search.
  private func place(of piece: WaitingPiece) -> Int {
    var range = pieces.startIndex..<pieces.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range =
        Self.precedes(piece, pieces[middle]) ? range.lowerBound..<middle : (middle + 1)..<range.upperBound
    }
    return range.lowerBound
  }

  /// Removes the pieces of a call.
  mutating func remove(_ call: TranslationCall.ID) { pieces.removeAll { $0.call == call } }

  /// Takes the batch that contains a call's first piece.
  ///
  /// - Parameters:
  ///   - call: a call with a piece in this lane.
  ///   - size: maximum number of sentences.
  ///   - tokens: maximum number of source tokens, including padding; a single longer sentence is allowed.
  /// - Returns: pieces of similar length.
  mutating func takeBatch(for call: TranslationCall.ID, size: Int, tokens: Int) -> [WaitingPiece] {
    let first = pieces.indices.filter { pieces[$0].call == call }.min { left, right in
      let (left, right) = (pieces[left].piece, pieces[right].piece)
      return (left.line, left.index) < (right.line, right.index)
    }
    guard let first else { preconditionFailure("TranslationLane: the call has no piece here") }
    var batch = 0..<0
    // Counting from the longest, so that the remaining pieces fall into the same batches next time.
    while !batch.contains(first) {
      let (start, width) = (batch.upperBound, pieces[batch.upperBound].width + 1)
      batch = start..<min(start + max(1, min(size, tokens / width)), pieces.count)
    }
    defer { pieces.removeSubrange(batch) }
    return Array(pieces[batch])
  }
}
