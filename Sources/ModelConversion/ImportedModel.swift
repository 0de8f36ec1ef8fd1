public import Models
public import Tensors
public import Text

/// A model of another toolkit, in our terms.
public struct ImportedModel: Sendable {
  /// Which toolkit's, and in which form, such as "Marian, model.npz".
  public var origin: String
  /// Architecture and weights.
  public var model: TrainedTransformer
  /// The type in which its matrices are stored.
  public var weightType: WeightType
  /// Its text pipeline.
  public var pipeline: TextPipeline
  /// Which files the vocabulary was read from.
  public var vocabularyFiles: [String]
  /// A lexical shortlist beside the model; nil if there is none.
  public var shortlist: String?
  /// What else a user should know, in sentences.
  public var notes: [String] = []
}

extension ImportedModel {
  /// Reads a model of another toolkit.
  ///
  /// - Parameters:
  ///   - path: a folder, or the file with the weights.
  ///   - options: how it is imported.
  /// - Throws: ``ModelConversionError`` for what is not supported or missing, `FileError` or `VocabularyError` for a damaged
  ///   file.
  public init(path: String, options: ImportOptions = ImportOptions()) throws {
    switch try ForeignModel(path: path) {
    case .marian(let file): try self.init(marian: file, options)
    case .huggingFace(let folder, let weights):
      try self.init(huggingFace: folder, weights: weights, options)
    case .ctranslate2(let file): try self.init(ctranslate2: file, options)
    case .fairseq(let file): try self.init(fairseq: file, options)
    case .joeynmt(let file): try self.init(joeynmt: file, options)
    }
  }
}
