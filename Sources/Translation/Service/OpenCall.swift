import Confidence
import Terminology

/// A call's two ends: one task or thread puts lines in, one takes results out.
struct OpenCall: Sendable {
  /// Retained so that the service does not shut down during the call.
  private let service: TranslationService
  private let core: ServiceCore
  private let id: TranslationCall.ID
  /// Whether translations are sorted best first; otherwise they are in the order in which they were drawn.
  private let isRanked: Bool
  /// Checks the terms of translations.
  private let termCheck: TermCheck
  /// What probabilities are worth, if that is wanted.
  private let confidence: ConfidenceMap?
  /// An empty chunker that prepares the call's lines.
  let chunker: LineChunker

  init(
    _ service: TranslationService, _ core: ServiceCore, _ id: TranslationCall.ID, chunker: LineChunker,
    isRanked: Bool, termCheck: TermCheck, confidence: ConfidenceMap?
  ) {
    (self.service, self.core, self.id) = (service, core, id)
    (self.chunker, self.isRanked, self.termCheck) = (chunker, isRanked, termCheck)
    self.confidence = confidence
  }

  /// Ends the call and removes its waiting lines from the queue.
  func close() { core.update { $0.close(id) } }

  // MARK: - Lines

  /// Whether added lines are waiting for room.
  var isSuspended: Bool { core.update { $0.isSuspended(id) } }
  /// The error if too many calls are waiting.
  var overload: TranslationError { .overloaded(waitingCalls: service.options.waitingCalls) }

  /// Adds lines; see ``TranslationQueue/add(_:to:wake:)``.
  func add(_ chunk: LineChunk, wake: @escaping TranslationCall.Wake) -> TranslationQueue.Admission {
    core.update { $0.add(chunk, to: id, wake: wake) }
  }

  /// Marks the end of the input.
  func end(failure: (any Error)? = nil) { core.update { $0.end(id, failure: failure) } }

  /// Adds lines, suspending until there is room for them.
  ///
  /// - Returns: false if the call accepts no more lines.
  func add(_ chunk: LineChunk) async -> Bool {
    let admission: TranslationQueue.Admission = await withCheckedContinuation { continuation in
      let admission = add(chunk) { continuation.resume(returning: .admitted) }
      if admission != .suspended { continuation.resume(returning: admission) }
    }
    if admission == .overloaded { end(failure: overload) }
    return admission == .admitted
  }

  // MARK: - Results

  /// The outcome of ``take(wake:)``; see ``TranslationQueue/take(from:wake:)``.
  enum Taken {
    case results([TranslationResult])
    case nothingYet
    case done
  }

  /// Takes the results that are ready, in order.
  ///
  /// - Throws: ``TranslationError/damagedModel(line:)``, the error that ended the lines, or the reason why the call was
  ///   closed.
  func take(wake: @escaping TranslationCall.Wake) throws -> Taken {
    try outcome(core.update { $0.take(from: id, wake: wake) })
  }

  /// Waits for results and takes those that are ready, in order.
  ///
  /// - Returns: nil once all were taken.
  /// - Throws: the same errors as ``take(wake:)``.
  func next() async throws -> [TranslationResult]? {
    while true {
      let taken: TranslationQueue.Taken = await withCheckedContinuation { continuation in
        let taken = core.update {
          $0.take(from: id) { continuation.resume(returning: .nothingYet) }
        }
        if case .nothingYet = taken { return }
        continuation.resume(returning: taken)
      }
      switch try outcome(taken) {
      case .results(let results): return results
      case .nothingYet: continue
      case .done: return nil
      }
    }
  }

  private func outcome(_ taken: TranslationQueue.Taken) throws -> Taken {
    switch taken {
    case .lines(let lines):
      if let damaged = lines.first(where: \.isDamaged) {
        throw TranslationError.damagedModel(line: damaged.number)
      }
      return .results(lines.map { $0.result(isRanked: isRanked, termCheck, confidence) })
    case .nothingYet: return .nothingYet
    case .done(let failure):
      if let failure { throw failure }
      return .done
    case .closed(let isShutDown):
      throw isShutDown ? TranslationError.shutDown : CancellationError()
    }
  }
}
