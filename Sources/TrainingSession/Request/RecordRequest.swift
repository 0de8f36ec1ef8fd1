import Files

/// What is recorded for people to watch a training, besides the log.
public struct RecordRequest: Sendable, Equatable {
  /// A folder for TensorBoard; nil for none.
  public var tensorBoard: String?

  /// Only the log.
  public init() {}

  func validate() throws(TrainingRequestError) {
    if let tensorBoard, tensorBoard.isEmpty || fileExists(tensorBoard) {
      throw .conflict(
        "'--tensorboard \(tensorBoard)' is no folder; name a folder, which is created if needed")
    }
  }
}
