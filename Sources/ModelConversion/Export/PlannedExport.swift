internal import Files
internal import ModelFolders
internal import Text

/// The export of a model that is yet to be trained.
public struct PlannedExport: Sendable {
  private let format: ExportFormat
  private let output: String

  /// Checks what is known before the training: that the format can hold the vocabulary, and that the folder is free.
  ///
  /// - Parameters:
  ///   - vocabulary: the folder of the vocabulary; nil if it was checked before.
  ///   - format: the format.
  ///   - output: the folder to write.
  ///   - replaces: whether files in that folder are replaced.
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)``,
  ///   ``ModelConversionError/unsupported(path:what:advice:)`` for a folder with files, and errors of the vocabulary's files.
  public init(vocabulary: String?, as format: ExportFormat, to output: String, replaces: Bool) throws {
    (self.format, self.output) = (format, output)
    if folderExists(output), !replaces, try !fileNames(in: output).isEmpty {
      throw ModelConversionError.unsupported(
        path: output, what: "exporting into a folder that has files",
        advice: "give another folder, or --overwrite")
    }
    guard let vocabulary else { return }
    let settings = try TextPipeline(folder: vocabulary).settings
    if format == .bergamot || format == .marian, settings.segmentation != SentencePieceSegmentation.name {
      throw ModelConversionError.notExportable(
        folder: vocabulary, format: format.rawValue,
        what: "this vocabulary is not SentencePiece's, so \(format.rawValue) could not split text",
        advice: "make one with build-vocab --segmentation sentencepiece")
    }
  }

  /// Writes the trained model.
  ///
  /// - Parameter folder: the model's folder.
  /// - Returns: what became a little different, in sentences.
  /// - Throws: what ``ExportedModel/write(as:to:options:)`` throws.
  public func write(_ folder: String) throws -> [String] {
    try ExportedModel(ModelFolder(folder)).write(as: format, to: output)
  }
}
