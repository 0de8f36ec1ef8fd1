import Files
import ModelFolders
import Synchronization
import Training

/// What a session records besides the log, while it trains: samples of translations, TensorBoard's files, a report.
///
/// A file that cannot be written does not end the training; it is reported once, until it can be written again.
final class SessionRecords: Sendable {
  private struct State {
    let samples: SampleLog
    var tensorBoard: TensorBoardRecorder?
    var report: ReportFile?
    /// Files that cannot be written at the moment.
    var failing: Set<String> = []

    /// Writes something.
    ///
    /// - Parameters:
    ///   - name: what is written.
    ///   - write: writes it, and returns whether there was anything to write.
    /// - Returns: why that failed, if it did not fail before.
    mutating func attempt(
      _ name: String, _ write: (inout Self) throws(FileError) -> Bool
    ) -> TrainingNotice? {
      do throws(FileError) {
        if try write(&self) { failing.remove(name) }
        return nil
      } catch {
        return failing.insert(name).inserted ? .recordNotWritten(reason: "\(error)") : nil
      }
    }
  }

  private let state: Mutex<State>

  /// Opens the files.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - update: the update that it resumes from; nil for a new training.
  /// - Throws: `FileError` if a file cannot be written.
  init(_ settings: TrainingSettings, resumingFrom update: Int?) throws(FileError) {
    let samples = try SampleLog(path: ModelFolder(settings.folder).samples, keepingUpTo: update)
    var tensorBoard: TensorBoardRecorder?
    if let folder = settings.records.tensorBoard {
      tensorBoard = try TensorBoardRecorder(folder: folder, continuingAfter: update)
    }
    var report: ReportFile?
    if let path = settings.records.report { report = try ReportFile(path: path, model: settings.folder) }
    state = Mutex(State(samples: samples, tensorBoard: tensorBoard, report: report))
  }

  /// Records an event.
  ///
  /// - Parameter event: any event.
  /// - Returns: what could not be written.
  func record(_ event: TrainingSessionEvent) -> [TrainingNotice] {
    state.withLock { state in
      let notices =
        switch event {
        case .training(let event):
          [
            state.attempt("TensorBoard") { files throws(FileError) in
              try files.tensorBoard?.record(event) ?? false
            },
            state.attempt("report") { files throws(FileError) in try files.report?.note(event) ?? false },
          ]
        case .translated(let entry):
          [
            state.attempt("samples") { files throws(FileError) in
              try files.samples.append(entry)
              return true
            },
            state.attempt("TensorBoard") { files throws(FileError) in
              try files.tensorBoard?.record(entry)
              return true
            },
          ]
        default: [TrainingNotice?]()
        }
      return notices.compactMap(\.self)
    }
  }

  /// Writes the report for the last time.
  ///
  /// - Returns: what could not be written.
  func finish() -> [TrainingNotice] {
    state.withLock { state in
      let notice = state.attempt("report") { files throws(FileError) in
        try files.report?.finish()
        return true
      }
      return notice.map { [$0] } ?? []
    }
  }
}
