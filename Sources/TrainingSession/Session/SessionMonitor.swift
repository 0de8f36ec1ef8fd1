import Synchronization

/// What the parts of a session tell, and whether they are to stop.
package struct SessionMonitor: Sendable {
  let control: SessionControl
  private let observe: TrainingSession.Observer

  package init(_ control: SessionControl, observe: @escaping TrainingSession.Observer) {
    (self.control, self.observe) = (control, observe)
  }

  /// Tells what happened.
  func tell(_ event: TrainingSessionEvent) { observe(event) }

  /// Tells what a line is enough for.
  func note(_ notice: TrainingNotice) { observe(.notice(notice)) }

  /// Tells how far a long preparation is.
  func prepare(_ phase: PreparationPhase, _ completed: Int, of total: Int? = nil, doneBefore: Int = 0) {
    observe(
      .preparing(
        PreparationProgress(phase: phase, completed: completed, total: total, doneBefore: doneBefore)))
  }

  /// Ends a preparation that is no longer wanted.
  func checkCancellation() throws {
    if control.isStopped { throw CancellationError() }
  }
}

/// What a session is asked for while it works, from any thread.
package final class SessionControl: Sendable {
  private let stopped = Atomic(false)
  private let saving = Atomic(false)
  private let begun = Atomic(false)

  package init() {}

  /// Notes the beginning; false where there was one before.
  func begin() -> Bool { !begun.exchange(true, ordering: .relaxed) }

  /// Asks for the end.
  package func stop() { stopped.store(true, ordering: .relaxed) }
  /// Whether the end was asked for.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Asks for a checkpoint.
  func save() { saving.store(true, ordering: .relaxed) }
  /// Whether a checkpoint was asked for since the last call.
  func takeSave() -> Bool { saving.exchange(false, ordering: .relaxed) }
}
