import Decoding

/// A part of a call's line that waits for a thread.
struct WaitingPiece: Sendable {
  let call: TranslationCall.ID
  let piece: PendingPiece

  /// Tokens, without `</s>`.
  var width: Int { piece.tokens - 1 }
}

/// The pieces that may be in one batch, of whatever calls, since all are decoded in the same way.
struct TranslationLane: Sendable {
  let plan: DecoderPlan
  let decoder: any BatchDecoder
  /// Longest first, so that neighbors make a batch with little padding; of equal length in the order of their calls and
  /// lines.
  private(set) var pieces: [WaitingPiece] = []

  init(plan: DecoderPlan, decoder: any BatchDecoder) { (self.plan, self.decoder) = (plan, decoder) }

  mutating func add(_ new: some Sequence<WaitingPiece>) {
    pieces += new
    // What is there is sorted already, which makes this quick.
    pieces.sort {
      ($1.width, $0.call, $0.piece.line, $0.piece.index) < ($0.width, $1.call, $1.piece.line, $1.piece.index)
    }
  }

  /// Removes what waits for a call.
  mutating func remove(_ call: TranslationCall.ID) { pieces.removeAll { $0.call == call } }

  /// Takes the batch that holds a call's first piece.
  ///
  /// - Parameters:
  ///   - call: has a piece here.
  ///   - size: sentences that the batch may have.
  ///   - tokens: source tokens that it may have, padding included, unless it is a single sentence.
  /// - Returns: neighbors in length.
  mutating func takeBatch(for call: TranslationCall.ID, size: Int, tokens: Int) -> [WaitingPiece] {
    let first = pieces.indices.filter { pieces[$0].call == call }.min { left, right in
      let (left, right) = (pieces[left].piece, pieces[right].piece)
      return (left.line, left.index) < (right.line, right.index)
    }
    guard let first else { preconditionFailure("TranslationLane: the call has no piece here") }
    var batch = 0..<0
    // From the longest on, so that what remains falls into the same batches the next time.
    while !batch.contains(first) {
      let (start, width) = (batch.upperBound, pieces[batch.upperBound].width + 1)
      batch = start..<min(start + max(1, min(size, tokens / width)), pieces.count)
    }
    defer { pieces.removeSubrange(batch) }
    return Array(pieces[batch])
  }
}
