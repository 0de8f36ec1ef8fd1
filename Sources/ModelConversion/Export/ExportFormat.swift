/// The formats of other toolkits in which a model can be written.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// A folder for `MarianMTModel.from_pretrained`.
  case huggingface
  /// A `model.npz` for Marian.
  case marian
  /// A folder for Bergamot and Firefox.
  case bergamot
  /// A folder for CTranslate2.
  case ctranslate2
}

/// How a model is exported.
public struct ExportOptions: Sendable {
  /// Whether only the weights and the list of tokens are written, since the format has no text pipeline like the model's.
  public var weightsOnly = false
  /// Lines of source text, for Bergamot: activations are rounded by fixed multipliers that suit them; nil for none.
  public var sample: [[UInt8]]?

  /// Everything that translation needs.
  public init() {}
}

/// Writes a model in the format of another toolkit.
protocol ModelExporter {
  /// Checks that the format can hold the model.
  ///
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)``.
  init(_ model: ExportedModel, _ options: ExportOptions) throws

  /// What becomes a little different in the other format, in sentences.
  var notes: [String] { get }

  /// Writes the files of the model.
  ///
  /// - Parameter folder: an existing folder.
  /// - Throws: `FileError` if a file cannot be written.
  func write(to folder: String) throws
}
