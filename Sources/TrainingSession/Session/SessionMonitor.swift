import Synchronization

/// Takes the events of a session's parts, and tells them whether to stop.
package struct SessionMonitor: Sendable {
  let control: SessionControl
  private let observe: TrainingSession.Observer

  package init(_ control: SessionControl, observe: @escaping TrainingSession.Observer) {
    (self.control, self.observe) = (control, observe)
  }

  /// A monitor that records events before it reports them.
  func recording(to records: SessionRecords) -> SessionMonitor {
    SessionMonitor(control) { [observe] event in
      for notice in records.record(event) { observe(.notice(notice)) }
      observe(event)
    }
  }

  /// Reports an event.
  func tell(_ event: TrainingSessionEvent) { observe(event) }

  /// Reports a notice.
  func note(_ notice: TrainingNotice) { observe(.notice(notice)) }

  /// Reports the progress of a long preparation.
  func prepare(_ phase: PreparationPhase, _ completed: Int, of total: Int? = nil, doneBefore: Int = 0) {
    observe(
      .preparing(
        PreparationProgress(phase: phase, completed: completed, total: total, doneBefore: doneBefore)))
  }

  /// Throws `CancellationError` if the session was cancelled.
  func checkCancellation() throws {
    if control.isStopped { throw CancellationError() }
  }
}

/// Requests to a running session, from any thread.
package final class SessionControl: Sendable {
  private let stopped = Atomic(false)
  private let saving = Atomic(false)
  private let begun = Atomic(false)
  /// Cancels the work that is being done, if it can be cancelled.
  private let cancel = Mutex<(@Sendable () -> Void)?>(nil)

  package init() {}

  /// Marks the session as begun; false if it already was.
  func begin() -> Bool { !begun.exchange(true, ordering: .relaxed) }

  /// Requests a stop.
  package func stop() {
    stopped.store(true, ordering: .sequentiallyConsistent)
    cancel.withLock { $0 }?()
  }
  /// Whether a stop was requested.
  var isStopped: Bool { stopped.load(ordering: .sequentiallyConsistent) }

  /// Runs long work that can be cancelled.
  ///
  /// - Parameters:
  ///   - cancel: called from any thread, maybe twice, if a stop is or was requested; `work` should then return soon.
  ///   - work: the work.
  /// - Returns: what `work` returns.
  /// - Throws: what `work` throws.
  package func cancelling<Result>(
    by cancel: @escaping @Sendable () -> Void, _ work: () throws -> Result
  ) rethrows -> Result {
    self.cancel.withLock { $0 = cancel }
    defer { self.cancel.withLock { $0 = nil } }
    if isStopped { cancel() }
    return try work()
  }

  /// Requests a checkpoint.
  func save() { saving.store(true, ordering: .relaxed) }
  /// Whether a checkpoint was requested since the last call.
  func takeSave() -> Bool { saving.exchange(false, ordering: .relaxed) }
}
