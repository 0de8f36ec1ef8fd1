import Decoding

/// What the queue knows of one call: its lines, in order, and who waits for them.
struct TranslationCall: Sendable {
  /// Called once, outside of the queue's lock, when what was waited for may be there.
  typealias Wake = @Sendable () -> Void

  /// Names a call for good.
  struct ID: Sendable, Hashable, Comparable {
    let number: Int
    static func < (left: ID, right: ID) -> Bool { left.number < right.number }
  }

  let plan: DecoderPlan
  let decoder: any BatchDecoder
  /// Source tokens that were translated for this call, added to what others had when it came.
  var served: Int
  /// Its pieces that wait for a thread.
  private(set) var waitingPieces = 0
  /// Their tokens.
  private(set) var waitingTokens = 0
  /// Lines that there is no room for yet.
  var suspended: LineChunk?
  /// Who waits for that room.
  var producer: Wake?
  /// Who waits for results.
  var consumer: Wake?
  /// Whether any of its lines ever found room.
  private(set) var hasBegun = false
  /// Whether no more lines will come.
  var isEnded = false
  /// Why they will not, where there would have been more.
  var failure: (any Error)?

  /// Lines that were not taken, in order; the first has the index `firstLine`.
  private var lines: [PendingLine] = []
  private var firstLine = 0
  /// Lines at the front that are complete.
  private var completeCount = 0

  init(plan: DecoderPlan, decoder: any BatchDecoder, served: Int) {
    (self.plan, self.decoder, self.served) = (plan, decoder, served)
  }

  /// Lines that were not taken.
  var lineCount: Int { lines.count }
  /// Whether there is a line to take.
  var hasComplete: Bool { completeCount > 0 }
  /// Whether all lines have come and were taken.
  var isDone: Bool { isEnded && lines.isEmpty && suspended == nil }

  /// Takes over lines whose pieces go to a lane.
  mutating func add(_ chunk: LineChunk) {
    hasBegun = true
    lines += chunk.lines
    waitingPieces += chunk.pieces.count
    waitingTokens += chunk.tokens
    countComplete()
  }

  /// Notes that a thread takes a piece.
  mutating func start(_ piece: PendingPiece) {
    waitingPieces -= 1
    waitingTokens -= piece.tokens
    served += piece.tokens
  }

  /// Notes what a thread made of a piece.
  mutating func finish(_ piece: PieceTranslation) {
    lines[piece.line - firstLine].add(piece)
    countComplete()
  }

  /// Takes the lines that are complete, up to the first that is not; one that is damaged is taken alone.
  mutating func takeComplete() -> [PendingLine] {
    let sound = lines.prefix(completeCount).prefix { !$0.isDamaged }
    let taken = sound.isEmpty ? lines.prefix(min(1, completeCount)) : sound
    lines.removeFirst(taken.count)
    firstLine += taken.count
    completeCount -= taken.count
    return Array(taken)
  }

  private mutating func countComplete() {
    while completeCount < lines.count, lines[completeCount].isComplete { completeCount += 1 }
  }
}
