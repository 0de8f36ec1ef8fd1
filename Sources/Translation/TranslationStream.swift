import Decoding
import Files
import Text

/// Translates a text of any length in the order of its lines, with a bounded number of them in memory.
///
/// The calling thread reads, prepares, and hands results over; the threads of a pool translate. Lines are
/// collected in a window to find some of equal length. A window goes to the pool when it is full; and when a
/// thread has nothing to do and no line is there to be read, since then waiting would gain nothing: so whoever
/// types a line gets its translation at once.
struct TranslationStream<Source: LineSource> {
  private var source: Source
  private let options: TranslationOptions
  private let pool: WorkerPool<TranslationJob, [PieceTranslation]>
  private var preparation: LinePreparation
  private let emit: ([TranslationResult]) throws -> Void

  private var window: [PendingPiece] = []
  private var windowTokens = 0
  /// Lines that have not been handed over, in order; the first has the number `firstLine`.
  private var lines: [PendingLine] = []
  private var firstLine = 0
  private var isAtEnd = false

  init(
    _ source: Source, options: TranslationOptions, preparation: LinePreparation,
    pool: WorkerPool<TranslationJob, [PieceTranslation]>, emit: @escaping ([TranslationResult]) throws -> Void
  ) {
    (self.source, self.options, self.preparation) = (source, options, preparation)
    (self.pool, self.emit) = (pool, emit)
  }

  /// Translates everything.
  mutating func run() throws {
    // What follows a failure is of no use to anybody.
    defer { pool.cancel() }
    while true {
      let isWaiting = try !fillWindow()
      try handOver()
      if mustDispatch(isWaiting: isWaiting) { dispatch() }
      if pool.unfinished > 0 && (isWaiting || isAtEnd || isWindowFull) {
        try record(pool.next())
        try handOver()
      } else if isAtEnd && lines.isEmpty {
        return
      }
    }
  }

  // MARK: - Reading

  private var isWindowFull: Bool {
    // Enough batches for every thread that a length has a batch of its own.
    let batches = 8 * options.threads
    return windowTokens >= batches * options.batchTokens || window.count >= batches * options.batchSize
      || lines.count >= 4 * batches * options.batchSize
  }

  /// Reads lines until the window is full or none is there.
  ///
  /// - Returns: false if it ended for want of lines that may yet come.
  private mutating func fillWindow() throws -> Bool {
    while !isWindowFull && !isAtEnd {
      // Nothing else to do: only then may a read wait.
      let mayWait = lines.isEmpty
      switch try source.next(waiting: mayWait) {
      case .line(let line): add(line)
      case .nothingYet: return false
      case .end: isAtEnd = true
      }
      if mayWait { return true }
    }
    return true
  }

  private mutating func add(_ line: [UInt8]) {
    let prepared = preparation.prepare(line)
    let number = firstLine + lines.count
    lines.append(
      PendingLine(
        number: number + 1, wasRepaired: prepared.wasRepaired, tagIsText: prepared.tagIsText,
        gaps: prepared.pieces.map(\.gap)))
    for (index, piece) in prepared.pieces.enumerated() {
      window.append(PendingPiece(line: number, index: index, sentence: piece.sentence))
      windowTokens += piece.sentence.ids.count + 1
    }
  }

  // MARK: - Translating

  private func mustDispatch(isWaiting: Bool) -> Bool {
    guard !window.isEmpty else { return false }
    // One batch in reserve for each thread keeps them busy while the next window is prepared.
    if isWindowFull { return pool.waiting <= options.threads }
    return isAtEnd || isWaiting && pool.hasIdleThread
  }

  private mutating func dispatch() {
    for job in TranslationJob.batches(of: window, options: options) { pool.submit(job) }
    window = []
    windowTokens = 0
  }

  private mutating func record(_ pieces: [PieceTranslation]) throws {
    let invalid = pieces.filter { $0.alternatives.contains { $0.hypothesis.ending == .invalidScores } }
    if let line = invalid.map(\.line).min() { throw TranslationError.damagedModel(line: line + 1) }
    for piece in pieces { lines[piece.line - firstLine].add(piece) }
  }

  // MARK: - Handing over

  /// Hands over the lines that are complete, up to the first that is not.
  private mutating func handOver() throws {
    let ready = lines.prefix { $0.isComplete }
    guard !ready.isEmpty else { return }
    try emit(ready.map { $0.result(isRanked: options.search.sampling == nil) })
    firstLine += ready.count
    lines.removeFirst(ready.count)
  }
}
