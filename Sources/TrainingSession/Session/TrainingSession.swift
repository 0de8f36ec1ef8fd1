import Files
import Foundation
package import Machine
import Text

/// A training from text files to a model folder, as a library: everything that `train-translation` does.
///
///     var request = TrainingRequest(vocabulary: "vocab", model: "model")
///     (request.files.trainSource, request.files.trainTarget) = (["train.en"], ["train.de"])
///     (request.files.validSource, request.files.validTarget) = (["valid.en"], ["valid.de"])
///     let outcome = try await TrainingSession(request).run { event in
///       if case .training(.validated(let scores, _, _)) = event { print(scores) }
///     }
///
/// With the same request, it writes the same bits as the command. Cancelling the task ends the training after the
/// current update and leaves a checkpoint, from which a request with ``FilesRequest/resume`` continues.
///
/// See <doc:TrainingFromAProgram>.
public final class TrainingSession: Sendable {
  /// Receives events in order, on the session's thread, which waits until it returns.
  public typealias Observer = @Sendable (TrainingSessionEvent) -> Void

  /// The request.
  public let request: TrainingRequest
  private let processes: TrainingProcesses
  private let control = SessionControl()

  /// Checks that the system starts the threads that a session needs besides those that compute.
  ///
  /// Call it on the main thread before anything is awaited: if the system refuses threads, Swift's tasks wait forever.
  ///
  /// - Throws: `ThreadError`.
  package static func requireThreads() throws(ThreadError) { try Machine.requireThreads(6) }

  /// A session that has not started.
  ///
  /// - Parameters:
  ///   - request: the same in all processes.
  ///   - processes: the processes that train together; see ``TrainingProcesses/joined()``.
  /// - Throws: ``TrainingRequestError`` for errors that can be found before text and models are read.
  public init(_ request: TrainingRequest, processes: TrainingProcesses = .one) throws(TrainingRequestError) {
    try request.validate()
    (self.request, self.processes) = (request, processes)
  }

  /// Prepares, trains, and writes everything into the model folder.
  ///
  /// The work runs on dedicated threads, at most ``MachineRequest/threads`` at a time. From then on, the process gives
  /// large freed blocks of memory back to the system immediately, which the memory plan relies on.
  ///
  /// - Parameter observe: receives the events.
  /// - Returns: how the training ended and what it produced. A training that was cancelled after
  ///   ``TrainingSessionEvent/began(_:updatesBefore:)`` ends as `interrupted`; one that diverged has an outcome too.
  /// - Throws: ``TrainingRequestError`` for settings that do not fit text, machine or models; errors of files; `FolderInUse`
  ///   if another training uses the model folder; `CancellationError` if the task is cancelled before the training began.
  /// - Precondition: called once per session.
  public func run(observe: @escaping Observer = { _ in }) async throws -> TrainingOutcome {
    precondition(control.begin(), "TrainingSession: a session runs once")
    let work = SessionWork(request, SessionMonitor(control, observe: observe), processes.reducer)
    return try await onThread(stopping: control) { try work.run() }
  }

  /// What the preset `auto` would choose; nothing is written.
  ///
  /// One of several processes is enough: it chooses for all of them, and does not wait for them.
  ///
  /// - Parameter observe: receives the events.
  /// - Returns: the choices in the order in which they were made.
  /// - Throws: like ``run(observe:)``, and ``TrainingRequestError`` for another preset or a resumed training.
  public func plan(observe: @escaping Observer = { _ in }) async throws -> [AppliedChoice] {
    try request.validatePlan()
    // Its own: a plan that is cancelled does not cancel the training.
    let control = SessionControl()
    let monitor = SessionMonitor(control, observe: observe)
    return try await onThread(stopping: control) { [request, processes] in
      // Speed is measured under the same conditions as in a training.
      returnFreedMemoryAtOnce()
      return try withConvertedText(of: request, monitor) { request in
        var recipe = try AutomaticRecipe(request, monitor, processes: processes.count)
        return try recipe.choose().choices
      }
    }
  }

  /// Requests a checkpoint after the current update; training continues.
  public func saveCheckpoint() { control.save() }

  private func onThread<Result: Sendable>(
    stopping control: SessionControl, _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withTaskCancellationHandler {
      try await onOwnThread(work)
    } onCancel: {
      control.stop()
    }
  }
}

extension TrainingRequest {
  /// Checks that there are choices to plan: the preset is `auto`, and no training is resumed.
  ///
  /// - Throws: ``TrainingRequestError``.
  package func validatePlan() throws(TrainingRequestError) {
    guard isAutomatic else {
      throw .conflict("'--plan' shows what '--preset auto' chooses; give that as well")
    }
    if files.resume {
      throw .conflict(
        "'--plan' and '--resume' cannot be used together: a training that is resumed keeps its choices")
    }
  }
}

/// Calls a function with a request whose translation memories and catalogs are text in a temporary folder.
private func withConvertedText<Result>(
  of request: TrainingRequest, _ monitor: SessionMonitor, _ body: (TrainingRequest) throws -> Result
) throws -> Result {
  guard !request.files.train.isEmpty || !request.files.valid.isEmpty else { return try body(request) }
  let folder = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try createFolder(folder)
  let conversions = request.conversions(in: folder)
  let languages = request.languages(
    request.buildsVocabulary ? nil : try TextPipeline(folder: request.files.vocabulary).settings)
  for conversion in conversions { _ = try conversion.run(languages, isResumed: false, monitor) }
  return try body(request.replacingFiles(by: conversions))
}
