import Files

/// What is recorded for people to watch a training, besides the log.
public struct RecordRequest: Sendable, Equatable {
  /// A folder for TensorBoard; nil for none.
  public var tensorBoard: String?
  /// An HTML file with a report of the training, made again after each validation; nil for none.
  public var report: String?

  /// Only the log.
  public init() {}

  /// Whether someone looks at sample translations.
  var showsSamples: Bool { tensorBoard != nil || report != nil }

  func validate() throws(TrainingRequestError) {
    if let tensorBoard, tensorBoard.isEmpty || fileExists(tensorBoard) {
      throw .conflict(
        "'--tensorboard \(tensorBoard)' is no folder; name a folder, which is created if needed")
    }
    if let report, report.isEmpty || folderExists(report) {
      throw .conflict("'--report \(report)' is no file; name a file, such as report.html")
    }
  }
}
