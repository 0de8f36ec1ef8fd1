import Machine

/// A training from the files of its text to the folder of its model: what the command `train-translation` does.
///
///     var request = TrainingRequest(vocabulary: "vocab", model: "model")
///     (request.files.trainSource, request.files.trainTarget) = (["train.en"], ["train.de"])
///     (request.files.validSource, request.files.validTarget) = (["valid.en"], ["valid.de"])
///     let outcome = try await TrainingSession(request).run { event in
///       if case .training(.validated(let scores, _, _)) = event { print(scores) }
///     }
///
/// With the same request it writes the same bits as the command. A task that is cancelled ends the training after the
/// update that is running and leaves a checkpoint, from which a request with ``FilesRequest/resume`` continues.
///
/// See <doc:TrainingFromAProgram>.
public final class TrainingSession: Sendable {
  /// Hears what happens, in order, on the session's thread, which waits for it.
  public typealias Observer = @Sendable (TrainingSessionEvent) -> Void

  /// What was asked for.
  public let request: TrainingRequest
  private let control = SessionControl()

  /// A session that has not begun.
  ///
  /// - Throws: ``TrainingRequestError`` for what can be wrong before text and models are read.
  public init(_ request: TrainingRequest) throws(TrainingRequestError) {
    try request.validate()
    self.request = request
  }

  /// Prepares, trains, and writes everything into the model folder.
  ///
  /// The work is done on threads of its own, at most as many at a time as ``MachineRequest/threads``. Large blocks of
  /// memory that the process frees go back to the system from then on, since the plan for the training's memory counts
  /// on it.
  ///
  /// - Parameter observe: hears what happens; see ``TrainingSessionEvent``.
  /// - Returns: how the training ended and what came of it. A training that was cancelled after
  ///   ``TrainingSessionEvent/began(_:updatesBefore:)`` has ended as `interrupted`, and one that diverged has an outcome
  ///   too.
  /// - Throws: ``TrainingRequestError`` for settings that do not fit text, machine or models; what is wrong with a file;
  ///   `CancellationError` where the task is cancelled before the training began.
  /// - Precondition: the session runs once.
  public func run(observe: @escaping Observer = { _ in }) async throws -> TrainingOutcome {
    precondition(control.begin(), "TrainingSession: a session runs once")
    let work = SessionWork(request, SessionMonitor(control, observe: observe))
    return try await onThread { try work.run() }
  }

  /// What the preset `auto` would choose; nothing is written.
  ///
  /// - Parameter observe: hears what happens.
  /// - Returns: the choices in the order in which they were made.
  /// - Throws: as ``run(observe:)``, and ``TrainingRequestError`` for another preset or a training that resumes.
  public func plan(observe: @escaping Observer = { _ in }) async throws -> [AppliedChoice] {
    try request.validatePlan()
    let monitor = SessionMonitor(control, observe: observe)
    return try await onThread { [request] in
      // Speed is measured under the same conditions as in a training.
      returnFreedMemoryAtOnce()
      var recipe = try AutomaticRecipe(request, monitor)
      return try recipe.choose().choices
    }
  }

  /// Asks for a checkpoint after the update that is running; training goes on.
  public func saveCheckpoint() { control.save() }

  private func onThread<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withTaskCancellationHandler {
      try await onOwnThread(work)
    } onCancel: {
      control.stop()
    }
  }
}

extension TrainingRequest {
  /// Checks that there is something to plan.
  ///
  /// - Throws: ``TrainingRequestError``.
  public func validatePlan() throws(TrainingRequestError) {
    guard isAutomatic else {
      throw .conflict("'--plan' shows what '--preset auto' chooses; give that as well")
    }
    if files.resume {
      throw .conflict(
        "'--plan' and '--resume' cannot be used together: a training that is resumed keeps its choices")
    }
  }
}
