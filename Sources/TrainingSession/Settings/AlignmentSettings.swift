/// The word alignments of the training text that a session makes, and where they are written.
public struct AlignmentSettings: Sendable, Equatable {
  /// Their folder.
  public let folder: String
  /// Whether a lexical shortlist is made of them.
  public let makesShortlist: Bool

  /// Returns nil unless alignments are to be made.
  init?(_ request: AlignmentRequest, model: String, isStudent: Bool) {
    guard request.isAutomatic else { return nil }
    (folder, makesShortlist) = ("\(model)/aligned", isStudent)
  }

  /// The training text with the paths of its alignments.
  func adding(to files: [TextFiles]) -> [TextFiles] {
    files.enumerated().map { index, file in
      var file = file
      file.alignment = "\(folder)/\(index + 1).txt"
      return file
    }
  }
}
