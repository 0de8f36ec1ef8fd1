import Decoding

/// The queue's state of one call: its lines, in order, and the wakers of the tasks that wait for them.
struct TranslationCall: Sendable {
  /// Called once, outside the queue's lock, when the awaited change may have happened.
  typealias Wake = @Sendable () -> Void

  /// Identifies a call; never reused.
  struct ID: Sendable, Hashable, Comparable {
    let number: Int
    static func < (left: ID, right: ID) -> Bool { left.number < right.number }
  }

  let plan: DecoderPlan
  let decoder: any BatchDecoder
  /// Whose share of the threads it has.
  let share: TranslationShare.ID
  /// Pieces that wait for a thread.
  private(set) var waitingPieces = 0
  /// Tokens of these pieces.
  private(set) var waitingTokens = 0
  /// Lines that the queue has no room for yet.
  var suspended: LineChunk?
  /// Wakes the task or thread that waits for room.
  var producer: Wake?
  /// Wakes the task or thread that waits for results.
  var consumer: Wake?
  /// Whether any of its lines was ever admitted.
  private(set) var hasBegun = false
  /// Whether no more lines will come.
  var isEnded = false
  /// The error that ended the lines early.
  var failure: (any Error)?

  /// Lines that were not taken yet, in order; the first has the index `firstLine`.
  private var lines: [PendingLine] = []
  private var firstLine = 0
  /// Number of complete lines at the front.
  private var completeCount = 0

  init(plan: DecoderPlan, decoder: any BatchDecoder, share: TranslationShare.ID) {
    (self.plan, self.decoder, self.share) = (plan, decoder, share)
  }

  /// Number of lines that were not taken yet.
  var lineCount: Int { lines.count }
  /// Whether there is a line to take.
  var hasComplete: Bool { completeCount > 0 }
  /// Whether all lines have arrived and were taken.
  var isDone: Bool { isEnded && lines.isEmpty && suspended == nil }

  /// Adds lines whose pieces go to a lane.
  mutating func add(_ chunk: LineChunk) {
    hasBegun = true
    // The first lines of a call may be the rest of a file.
    if lines.isEmpty, let first = chunk.lines.first { firstLine = first.number - 1 }
    lines += chunk.lines
    waitingPieces += chunk.pieces.count
    waitingTokens += chunk.tokens
    countComplete()
  }

  /// Records that a thread started on a piece.
  mutating func start(_ piece: PendingPiece) {
    waitingPieces -= 1
    waitingTokens -= piece.tokens
  }

  /// Records the translation of a piece.
  mutating func finish(_ piece: PieceTranslation) {
    lines[piece.line - firstLine].add(piece)
    countComplete()
  }

  /// Takes the complete lines at the front; a damaged line is taken alone.
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
