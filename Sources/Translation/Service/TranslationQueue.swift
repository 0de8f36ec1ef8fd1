import Decoding

/// Who is translated next: the calls of a service, and their pieces that wait for a thread.
///
/// Calls share batches, and get equal shares of the threads: a batch is made for the call for which the fewest tokens
/// were translated, and filled with pieces of about the same length, whichever call they are of. A new call begins at
/// the level of the one that was served last, so that it comes next, but makes up for nothing.
///
/// Source: Goyal, Vin and Cheng 1996, "Start-time Fair Queuing", section 2.
struct TranslationQueue: Sendable {
  typealias Wake = TranslationCall.Wake

  private let options: TranslationOptions
  private var calls: [TranslationCall.ID: TranslationCall] = [:]
  private var lanes: [TranslationLane] = []
  private var callCount = 0
  /// What had been served to the call that was served last.
  private var level = 0
  /// Source tokens that wait for a thread, of all calls.
  private(set) var waitingTokens = 0
  /// Threads that translate a batch.
  private(set) var busyThreads = 0
  /// Whether no call is taken any more.
  private(set) var isShutDown = false
  /// Who is to be woken once the lock is released.
  private var wakes: [Wake] = []

  init(options: TranslationOptions) { self.options = options }

  /// Calls that are not closed.
  var openCalls: Int { calls.count }
  /// Calls that wait for room for their first line.
  var waitingCalls: Int { calls.values.count { !$0.hasBegun && $0.suspended != nil } }
  /// Whether a thread could begin a batch.
  var hasWork: Bool { !lanes.isEmpty }

  /// Takes those who are to be woken.
  mutating func takeWakes() -> [Wake] {
    defer { wakes = [] }
    return wakes
  }

  // MARK: - Calls

  /// Begins a call.
  ///
  /// - Throws: ``TranslationError/shutDown``.
  mutating func open(_ plan: DecoderPlan, _ decoder: any BatchDecoder) throws(TranslationError)
    -> TranslationCall.ID
  {
    if isShutDown { throw .shutDown }
    callCount += 1
    let id = TranslationCall.ID(number: callCount)
    calls[id] = TranslationCall(plan: plan, decoder: decoder, served: level)
    return id
  }

  /// Ends a call, whether or not it is done: what waits of it leaves the queue, and what a thread has begun is
  /// forgotten when it is ready.
  mutating func close(_ id: TranslationCall.ID) {
    guard let call = calls.removeValue(forKey: id) else { return }
    wakes += [call.producer, call.consumer].compactMap(\.self)
    waitingTokens -= call.waitingTokens
    if call.waitingPieces > 0 {
      for lane in lanes.indices { lanes[lane].remove(id) }
      lanes.removeAll { $0.pieces.isEmpty }
    }
    admit()
  }

  /// Ends all calls and takes no more.
  mutating func shutDown() {
    isShutDown = true
    for id in calls.keys { close(id) }
  }

  // MARK: - Lines come in

  /// What became of lines.
  enum Admission {
    case admitted
    /// They will be, when there is room.
    case suspended
    /// Too many calls wait already.
    case overloaded
    case closed
  }

  /// Adds lines to a call.
  ///
  /// - Parameters:
  ///   - chunk: the lines.
  ///   - id: the call, none of whose lines is suspended.
  ///   - wake: called when lines that were suspended are admitted, or the call is closed.
  /// - Returns: what became of them.
  mutating func add(_ chunk: LineChunk, to id: TranslationCall.ID, wake: @escaping Wake) -> Admission {
    guard let call = calls[id] else { return .closed }
    precondition(call.suspended == nil && !call.isEnded, "TranslationQueue: the call takes no lines now")
    calls[id]?.suspended = chunk
    admit()
    guard let call = calls[id], call.suspended != nil else { return .admitted }
    if !call.hasBegun && waitingCalls > options.waitingCalls {
      calls[id]?.suspended = nil
      return .overloaded
    }
    calls[id]?.producer = wake
    return .suspended
  }

  /// Notes that a call has no more lines.
  ///
  /// - Parameters:
  ///   - id: the call.
  ///   - failure: why it has none, thrown behind the results of those that it had.
  mutating func end(_ id: TranslationCall.ID, failure: (any Error)? = nil) {
    calls[id]?.isEnded = true
    calls[id]?.failure = failure
    wakeConsumer(id)
  }

  /// Whether lines of a call wait for room.
  func isSuspended(_ id: TranslationCall.ID) -> Bool { calls[id]?.suspended != nil }

  /// Gives room to lines that are suspended, those first for whose call least was done.
  private mutating func admit() {
    while let (id, chunk) = nextSuspended(),
      waitingTokens == 0 || waitingTokens + chunk.tokens <= options.waitingTokens
    {
      guard var call = calls.removeValue(forKey: id) else { return }
      // Who had nothing to do for a while makes up for nothing.
      if call.waitingPieces == 0 { call.served = max(call.served, level) }
      call.add(chunk)
      call.suspended = nil
      if let producer = call.producer { wakes.append(producer) }
      call.producer = nil
      calls[id] = call
      waitingTokens += chunk.tokens
      if !chunk.pieces.isEmpty {
        lanes[lane(call)].add(chunk.pieces.map { WaitingPiece(call: id, piece: $0) })
      }
      wakeConsumer(id)
    }
  }

  private func nextSuspended() -> (id: TranslationCall.ID, chunk: LineChunk)? {
    let waiting = calls.lazy.filter { hasRoom($0.value) }
    let next = waiting.min { ($0.value.served, $0.key) < ($1.value.served, $1.key) }
    return next.flatMap { next in next.value.suspended.map { (next.key, $0) } }
  }

  /// Whether a call has lines that are suspended, and few enough others: then it may have them in the queue, too.
  ///
  /// Enough batches for every thread that sentences of a length have a batch of their own.
  private func hasRoom(_ call: TranslationCall) -> Bool {
    guard let chunk = call.suspended else { return false }
    let batches = 8 * options.threads
    return call.lineCount == 0
      || call.waitingPieces + chunk.pieces.count <= batches * options.batchSize
        && call.waitingTokens + chunk.tokens <= batches * options.batchTokens
        && call.lineCount + chunk.lines.count <= 4 * batches * options.batchSize
  }

  /// The lane of a call's pieces, made if there is none.
  private mutating func lane(_ call: TranslationCall) -> Int {
    if let index = lanes.firstIndex(where: { $0.plan == call.plan }) { return index }
    lanes.append(TranslationLane(plan: call.plan, decoder: call.decoder))
    return lanes.count - 1
  }

  // MARK: - Batches are made

  /// Pieces for a thread to translate together.
  struct Batch: Sendable {
    let decoder: any BatchDecoder
    let pieces: [WaitingPiece]
  }

  /// The next batch for a thread; nil where nothing waits.
  mutating func startBatch() -> Batch? {
    let waiting = calls.lazy.filter { $0.value.waitingPieces > 0 }
    guard let (id, call) = waiting.min(by: { ($0.value.served, $0.key) < ($1.value.served, $1.key) }) else {
      return nil
    }
    level = max(level, call.served)
    let lane = lane(call)
    let batch = Batch(
      decoder: lanes[lane].decoder,
      pieces: lanes[lane].takeBatch(for: id, size: batchSize(lanes[lane]), tokens: options.batchTokens))
    if lanes[lane].pieces.isEmpty { lanes.remove(at: lane) }
    for piece in batch.pieces {
      calls[piece.call]?.start(piece.piece)
      waitingTokens -= piece.piece.tokens
    }
    busyThreads += 1
    admit()
    return batch
  }

  /// Sentences of a lane for one batch: fewer than there may be where threads would have nothing to do.
  private func batchSize(_ lane: TranslationLane) -> Int {
    let idle = max(1, options.threads - busyThreads)
    return min(options.batchSize, max(smallestShare, (lane.pieces.count + idle - 1) / idle))
  }

  /// Notes what a thread made of a batch.
  mutating func finish(_ batch: Batch, _ translations: [PieceTranslation]) {
    busyThreads -= 1
    for (piece, translation) in zip(batch.pieces, translations) {
      calls[piece.call]?.finish(translation)
    }
    for id in Set(batch.pieces.map(\.call)) { wakeConsumer(id) }
  }

  // MARK: - Results go out

  /// What there was to take.
  enum Taken: Sendable {
    /// The next lines of the call, at least one.
    case lines([PendingLine])
    case nothingYet
    /// All were taken; with what went wrong behind the last.
    case done((any Error)?)
    case closed(isShutDown: Bool)
  }

  /// Takes the lines of a call that are complete, in their order.
  ///
  /// - Parameters:
  ///   - id: the call.
  ///   - wake: called when there may be more than nothing yet.
  /// - Returns: lines, or why there are none.
  mutating func take(from id: TranslationCall.ID, wake: @escaping Wake) -> Taken {
    guard let call = calls[id] else { return .closed(isShutDown: isShutDown) }
    if call.hasComplete, let lines = calls[id]?.takeComplete() {
      admit()
      return .lines(lines)
    }
    if call.isDone { return .done(call.failure) }
    calls[id]?.consumer = wake
    return .nothingYet
  }

  private mutating func wakeConsumer(_ id: TranslationCall.ID) {
    guard let call = calls[id], let consumer = call.consumer, call.hasComplete || call.isDone else { return }
    calls[id]?.consumer = nil
    wakes.append(consumer)
  }
}

/// Sentences that are not spread over more threads: each would read all weights for the few of them.
private let smallestShare = 4
