public import Confidence
public import Files
package import Models

extension ModelFolder {
  static let confidenceName = "confidence.json"
  /// How the model's probabilities become confidence, as JSON; made by `calibrate-model`.
  public var confidence: String { "\(path)/\(Self.confidenceName)" }

  /// Reads how probabilities become confidence.
  ///
  /// - Returns: nil if the model was not calibrated.
  /// - Throws: `FileError` for a damaged file.
  public func readConfidence() throws(FileError) -> ConfidenceMap? {
    guard fileExists(confidence) else { return nil }
    return try readJSON(path: confidence)
  }

  /// Writes how probabilities become confidence, and, if they are given, the heads that align words, or leaves everything as
  /// it was.
  ///
  /// - Precondition: no other process writes to the folder, see ``takeForWriting()``.
  /// - Throws: `FileError` if a file cannot be written.
  package func write(_ map: ConfidenceMap?, configuration new: ModelConfiguration?) throws {
    var files: [AtomicFile] = []
    if let new {
      let file = try stagedFile(path: configuration, contents: jsonContents(new, path: configuration))
      files += try [stagedChecksums(adding: file), file]
    }
    if let map {
      files.append(try stagedFile(path: confidence, contents: jsonContents(map, path: confidence)))
    }
    try commitTogether(files)
  }
}
