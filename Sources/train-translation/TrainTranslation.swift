import CommandLineArguments
import ModelConversion
import Reporting
import Training
import TrainingSession

@main
struct TrainTranslation {
  // On the main thread, which is there.
  @MainActor static func main() async {
    do {
      try TrainingSession.requireThreads()
    } catch {
      runCommand(TrainTranslationArguments.self) { _, _ in throw error }
    }
    await runCommand(TrainTranslationArguments.self) { arguments, _ in
      do {
        try await run(arguments)
      } catch let error as TrainingRequestError {
        throw ArgumentError(error)
      }
    }
  }

  private static func run(_ arguments: TrainTranslationArguments) async throws {
    // From the start: SIGUSR1 ends a process that does not watch it, and its sender may not know how far this one is.
    let requests = InterruptFlag(watching: [.user])
    var request = arguments.request
    request.command = TrainTranslationArguments.wholeCommand(CommandLine.arguments)
    let processes = try TrainingProcesses.joined(request.machine)
    do {
      try await run(arguments, request, processes, requests)
    } catch {
      // The others wait for this one, which will not answer.
      if processes.count > 1 { fail(error, processes) }
      throw error
    }
    processes.leave()
  }

  /// Says why this process failed, and ends the others with it.
  private static func fail(_ error: any Error, _ processes: TrainingProcesses) {
    // If another failed, it says why.
    if case TrainingProcessError.failed = error { return processes.leave() }
    say("train-translation: \(error)")
    processes.endOthers(exitCode: error is TrainingRequestError ? 64 : 1)
  }

  private static func run(
    _ arguments: TrainTranslationArguments, _ request: TrainingRequest, _ processes: TrainingProcesses,
    _ requests: InterruptFlag
  ) async throws {
    let session = try TrainingSession(request, processes: processes)
    let export = try plannedExport(arguments)
    let display = SessionDisplay()
    defer { display.finish() }
    if arguments.plan {
      guard processes.isFirst else { return }
      _ = try await session.plan { display.show($0) }
      return
    }
    let outcome = try await train(session, display, requests, isFirst: processes.isFirst)
    display.finish()
    guard processes.isFirst else { return }
    for line in Conclusion(outcome).lines { say(line) }
    if let profile = outcome.profile { for line in profile.table { say(line) } }
    if let failure = outcome.failure { throw failure }
    if let export, let folder = arguments.bergamotFolder, let model = outcome.best,
      outcome.end != .interrupted
    {
      for note in try export.write(model.folder) { say(note) }
      say("'\(folder)' is ready for Bergamot")
    }
  }

  /// The export of the finished model, with what can be checked before the training.
  private static func plannedExport(_ arguments: TrainTranslationArguments) throws -> PlannedExport? {
    guard let output = arguments.bergamotFolder else { return nil }
    let request = arguments.request
    // As the session finds it.
    let given = [request.files.vocabulary, request.start.folder ?? "", request.distillation.teacher ?? ""]
    let vocabulary = given.first { !$0.isEmpty }
    guard vocabulary != nil || request.files.resume else {
      throw ArgumentError.conflict(
        "'--export-bergamot' needs a SentencePiece vocabulary, and '--preset auto' makes another; give '--vocab'"
      )
    }
    return try PlannedExport(
      // The folders of a resumed training may be gone.
      vocabulary: request.files.resume ? nil : vocabulary, as: .bergamot, to: output,
      replaces: request.files.overwrite || request.files.resume)
  }

  /// Trains until the end, or until a signal arrives.
  private static func train(
    _ session: TrainingSession, _ display: SessionDisplay, _ requests: InterruptFlag, isFirst: Bool
  ) async throws -> TrainingOutcome {
    let interruption = Interruption()
    let training = Task {
      try await session.run { event in
        if isFirst { display.show(event) }
        // Not earlier: until there is something to save, a signal may simply end the process.
        if case .began = event { interruption.watch() }
        if requests.takeRequest() { session.saveCheckpoint() }
      }
    }
    let watching = Task {
      await interruption.wait()
      training.cancel()
    }
    defer { watching.cancel() }
    return try await training.value
  }
}

/// Writes a line to standard error.
func say(_ text: String) { Console.standardError.message(text) }
