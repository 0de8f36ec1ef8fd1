import Decoding

/// The scheduler of a service: its calls, and their pieces that wait for a thread.
///
/// Calls share batches and get equal shares of the threads; all calls of a client have one share. The next batch is made for
/// the share with the fewest translated tokens, and filled with pieces of similar length from any call. A new share starts at
/// the level of the one served last: it comes next, but does not catch up on the time before it came.
///
/// Source: Goyal, Vin and Cheng 1996, "Start-time Fair Queuing", section 2.
struct TranslationQueue: Sendable {
  typealias Wake = TranslationCall.Wake

  private let options: TranslationOptions
  private var calls: [TranslationCall.ID: TranslationCall] = [:]
  private var shares: [TranslationShare.ID: TranslationShare] = [:]
  private var lanes: [TranslationLane] = []
  private var callCount = 0
  /// Calls with lines that wait for room.
  private var suspendedCalls: Set<TranslationCall.ID> = []
  /// Whether the next suspended lines have no room until tokens leave the queue, so that looking for them can wait.
  private var isFull = false
  /// Tokens that the share served last had been served before.
  private var level = 0
  /// Source tokens of all calls that wait for a thread.
  private(set) var waitingTokens = 0
  /// Number of threads that are translating a batch.
  private(set) var busyThreads = 0
  /// Number of threads that are waiting for a batch.
  var idleThreads: Int { max(0, options.threads - busyThreads) }
  /// Whether the queue accepts no more calls.
  private(set) var isShutDown = false
  /// Wakers to call once the lock is released.
  private var wakes: [Wake] = []

  init(options: TranslationOptions) { self.options = options }

  /// Number of calls that are not closed.
  var openCalls: Int { calls.count }
  /// Number of calls that wait for room for their first line.
  var waitingCalls: Int { suspendedCalls.count { calls[$0]?.hasBegun == false } }
  /// Whether a thread could start a batch.
  var hasWork: Bool { !lanes.isEmpty }

  /// Removes and returns the wakers to call.
  mutating func takeWakes() -> [Wake] {
    defer { wakes = [] }
    return wakes
  }

  // MARK: - Calls

  /// Begins a call.
  ///
  /// - Parameters:
  ///   - plan: how its lines are decoded.
  ///   - decoder: decodes them.
  ///   - client: whose share it has; nil for its own.
  /// - Returns: the call.
  /// - Throws: ``TranslationError/shutDown``.
  mutating func open(
    _ plan: DecoderPlan, _ decoder: any BatchDecoder, client: String?
  ) throws(TranslationError) -> TranslationCall.ID {
    if isShutDown { throw .shutDown }
    callCount += 1
    let id = TranslationCall.ID(number: callCount)
    let share = client.map { TranslationShare.ID.client($0) } ?? .call(id)
    shares[share, default: TranslationShare(served: level)].calls += 1
    calls[id] = TranslationCall(plan: plan, decoder: decoder, share: share)
    return id
  }

  /// Ends a call, whether or not it is done: its waiting pieces leave the queue, and translations of its running pieces
  /// are discarded.
  mutating func close(_ id: TranslationCall.ID) {
    guard let call = calls.removeValue(forKey: id) else { return }
    wakes += [call.producer, call.consumer].compactMap(\.self)
    suspendedCalls.remove(id)
    waitingTokens -= call.waitingTokens
    isFull = false
    shares[call.share]?.calls -= 1
    shares[call.share]?.waitingPieces -= call.waitingPieces
    if shares[call.share]?.calls == 0 { shares[call.share] = nil }
    if call.waitingPieces > 0 {
      for lane in lanes.indices { lanes[lane].remove(id) }
      lanes.removeAll { $0.pieces.isEmpty }
    }
    admit()
  }

  /// Ends all calls and accepts no more.
  mutating func shutDown() {
    isShutDown = true
    for id in calls.keys { close(id) }
  }

  // MARK: - Input

  /// The outcome of adding lines.
  enum Admission {
    case admitted
    /// They will be admitted when there is room.
    case suspended
    /// Too many calls are waiting already.
    case overloaded
    case closed
  }

  /// Adds lines to a call.
  ///
  /// - Parameters:
  ///   - chunk: the lines.
  ///   - id: a call without suspended lines.
  ///   - wake: called when suspended lines are admitted or the call is closed.
  /// - Returns: what happened to the lines.
  mutating func add(_ chunk: LineChunk, to id: TranslationCall.ID, wake: @escaping Wake) -> Admission {
    guard let call = calls[id] else { return .closed }
    precondition(call.suspended == nil && !call.isEnded, "TranslationQueue: the call takes no lines now")
    calls[id]?.suspended = chunk
    suspendedCalls.insert(id)
    admit()
    guard let call = calls[id], call.suspended != nil else { return .admitted }
    if !call.hasBegun && waitingCalls > options.waitingCalls {
      calls[id]?.suspended = nil
      suspendedCalls.remove(id)
      return .overloaded
    }
    calls[id]?.producer = wake
    return .suspended
  }

  /// Marks the end of a call's lines.
  ///
  /// - Parameters:
  ///   - id: the call.
  ///   - failure: the error that ended them early, thrown after the results of the lines before it.
  mutating func end(_ id: TranslationCall.ID, failure: (any Error)? = nil) {
    calls[id]?.isEnded = true
    calls[id]?.failure = failure
    wakeConsumer(id)
  }

  /// Whether lines of a call are waiting for room.
  func isSuspended(_ id: TranslationCall.ID) -> Bool { calls[id]?.suspended != nil }

  /// Admits suspended lines while there is room, starting with the share that was served least.
  private mutating func admit() {
    // While all calls are closed one after the other, nothing else may enter the lanes.
    if isShutDown { return }
    while !isFull, let (id, chunk) = nextSuspended() {
      guard waitingTokens == 0 || waitingTokens + chunk.tokens <= options.waitingTokens else {
        isFull = true
        return
      }
      guard var call = calls.removeValue(forKey: id) else { return }
      suspendedCalls.remove(id)
      // Who had nothing waiting does not catch up.
      var share = shares[call.share] ?? TranslationShare(served: level, calls: 1)
      if share.waitingPieces == 0 { share.served = max(share.served, level) }
      share.waitingPieces += chunk.pieces.count
      shares[call.share] = share
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
    var next: (served: Int, id: TranslationCall.ID, chunk: LineChunk)?
    for id in suspendedCalls {
      guard let call = calls[id], let chunk = call.suspended, hasRoom(call) else { continue }
      if let next, (next.served, next.id) < (served(call), id) { continue }
      next = (served(call), id, chunk)
    }
    return next.map { ($0.id, $0.chunk) }
  }

  /// Tokens that were translated for a call and the others of its share.
  private func served(_ call: TranslationCall) -> Int { shares[call.share]?.served ?? level }

  /// Whether a call has suspended lines and few enough others to add these to the queue.
  ///
  /// The limit is several batches for each thread, enough to make batches of sentences of similar length.
  private func hasRoom(_ call: TranslationCall) -> Bool {
    guard let chunk = call.suspended else { return false }
    let batches = 8 * options.threads
    return call.lineCount == 0
      || call.waitingPieces + chunk.pieces.count <= batches * options.batchSize
        && call.waitingTokens + chunk.tokens <= batches * options.batchTokens
        && call.lineCount + chunk.lines.count <= 4 * batches * options.batchSize
  }

  /// The lane for a call's pieces; a new one if needed.
  private mutating func lane(_ call: TranslationCall) -> Int {
    if let index = lanes.firstIndex(where: { $0.plan == call.plan }) { return index }
    lanes.append(TranslationLane(plan: call.plan, decoder: call.decoder))
    return lanes.count - 1
  }

  // MARK: - Batches

  /// Pieces that a thread translates together.
  struct Batch: Sendable {
    let decoder: any BatchDecoder
    let pieces: [WaitingPiece]
  }

  /// Takes the next batch for a thread; nil if nothing is waiting.
  mutating func startBatch() -> Batch? {
    let waiting = calls.lazy.filter { $0.value.waitingPieces > 0 }
    guard let (id, call) = waiting.min(by: { (served($0.value), $0.key) < (served($1.value), $1.key) }) else {
      return nil
    }
    level = max(level, served(call))
    let lane = lane(call)
    let batch = Batch(
      decoder: lanes[lane].decoder,
      pieces: lanes[lane].takeBatch(for: id, size: batchSize(lanes[lane]), tokens: options.batchTokens))
    if lanes[lane].pieces.isEmpty { lanes.remove(at: lane) }
    for piece in batch.pieces {
      guard let share = calls[piece.call]?.share else { continue }
      calls[piece.call]?.start(piece.piece)
      shares[share]?.served += piece.piece.tokens
      shares[share]?.waitingPieces -= 1
      waitingTokens -= piece.piece.tokens
    }
    isFull = false
    busyThreads += 1
    admit()
    return batch
  }

  /// Maximum number of sentences in a batch; small enough to leave work for idle threads.
  private func batchSize(_ lane: TranslationLane) -> Int {
    let idle = max(1, options.threads - busyThreads)
    return min(options.batchSize, max(smallestShare, (lane.pieces.count + idle - 1) / idle))
  }

  /// Records the translations of a batch.
  mutating func finish(_ batch: Batch, _ translations: [PieceTranslation]) {
    busyThreads -= 1
    for (piece, translation) in zip(batch.pieces, translations) {
      calls[piece.call]?.finish(translation)
    }
    for id in Set(batch.pieces.map(\.call)) { wakeConsumer(id) }
  }

  // MARK: - Results

  /// The outcome of taking results.
  enum Taken: Sendable {
    /// The next lines of the call, at least one.
    case lines([PendingLine])
    case nothingYet
    /// All were taken; with the error that ended the lines, if any.
    case done((any Error)?)
    case closed(isShutDown: Bool)
  }

  /// Takes the complete lines of a call, in order.
  ///
  /// - Parameters:
  ///   - id: the call.
  ///   - wake: called when there may be results, after `nothingYet` was returned.
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

/// This many sentences are not spread over several threads, each of which would read all weights for very few.
private let smallestShare = 4
