import Synchronization

/// Takes the events of a session's parts, and tells them whether to stop.
package struct SessionMonitor: Sendable {
  let control: SessionControl
  private let observe: TrainingSession.Observer

  package init(_ control: SessionControl, observe: @escaping TrainingSession.Observer) {
    (self.control, self.observe) = (control, observe)
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

  package init() {}

  /// Marks the session as begun; false if it already was.
  func begin() -> Bool { !begun.exchange(true, ordering: .relaxed) }

  /// Requests a stop.
  package func stop() { stopped.store(true, ordering: .relaxed) }
  /// Whether a stop was requested.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Requests a checkpoint.
  func save() { saving.store(true, ordering: .relaxed) }
  /// Whether a checkpoint was requested since the last call.
  func takeSave() -> Bool { saving.exchange(false, ordering: .relaxed) }
}
