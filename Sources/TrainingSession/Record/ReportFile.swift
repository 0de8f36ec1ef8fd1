import Files
import Training
import TrainingReport

/// The report of a training, which is made again after each validation.
struct ReportFile {
  private let path: String
  private var report: TrainingReport
  private var isMade = false

  /// A report that is not made yet.
  ///
  /// - Parameters:
  ///   - path: an HTML file.
  ///   - model: the folder of the training.
  /// - Throws: `FileError` if no file can be written there.
  init(path: String, model: String) throws(FileError) {
    // Before hours of training.
    _ = try AtomicFile(path: path)
    (self.path, report) = (path, TrainingReport(model: model, isRunning: true))
  }

  /// Makes the report again if the event is a reason to, the first update or a validation.
  ///
  /// - Returns: whether it was made.
  /// - Throws: `FileError` if it cannot be written.
  mutating func note(_ event: TrainingEvent) throws(FileError) -> Bool {
    switch event {
    // Earlier, the folder may hold the log of another training.
    case .updated where !isMade: break
    case .validated: break
    default: return false
    }
    isMade = true
    try report.write(to: path)
    return true
  }

  /// Makes the report of the training that ended.
  ///
  /// - Throws: `FileError` if it cannot be written.
  mutating func finish() throws(FileError) {
    report.isRunning = nil
    try report.write(to: path)
  }
}
