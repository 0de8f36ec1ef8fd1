internal import Files
public import ModelFolders
internal import Models
internal import Text

/// A model that is to be written in the format of another toolkit.
public struct ExportedModel: Sendable {
  /// Its folder, for messages.
  let folder: String
  let model: TrainedTransformer
  let pipeline: TextPipeline
  /// Where its lexical shortlist is; nil if it has none.
  let shortlist: String?

  /// Reads a model.
  ///
  /// - Throws: what ``ModelFolders/ModelFolder/read(mapsWeights:)`` throws.
  public init(_ folder: ModelFolder) throws {
    (model, pipeline) = try folder.read()
    self.folder = folder.path
    shortlist = fileExists(folder.shortlist) ? folder.shortlist : nil
  }

  var configuration: ModelConfiguration { model.architecture.configuration }

  /// Writes the model in the format of another toolkit.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - path: the folder, which is created if needed.
  ///   - options: how it is exported.
  /// - Returns: what became a little different, in sentences.
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)`` if the format cannot hold the model,
  ///   `FileError` if a file cannot be written.
  public func write(as format: ExportFormat, to path: String, options: ExportOptions = ExportOptions()) throws
    -> [String]
  {
    let exporter = try exporter(format, options)
    let isNew = !folderExists(path)
    try createFolder(path)
    do {
      try exporter.write(to: path)
    } catch {
      // All files or none are there; if none, the folder need not be there either.
      if isNew { removeEmptyFolder(path) }
      throw error
    }
    return exporter.notes
  }

  private func exporter(_ format: ExportFormat, _ options: ExportOptions) throws -> any ModelExporter {
    switch format {
    case .huggingface: try HuggingFaceExporter(self, options)
    case .ctranslate2: try CTranslate2Exporter(self, options)
    case .marian: try MarianExporter(self, options, for: .marian)
    case .bergamot: try MarianExporter(self, options, for: .bergamot)
    }
  }

  /// Another format cannot hold the model.
  func notExportable(_ format: ExportFormat, _ what: String, _ advice: String) -> ModelConversionError {
    .notExportable(folder: folder, format: format.rawValue, what: what, advice: advice)
  }
}
