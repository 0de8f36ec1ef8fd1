import Decoding
import ModelFolders
import Models
import Text

extension TranslationService {
  /// A service with the model in a folder written by `train-translation`.
  ///
  /// - Throws: ``TranslationError``, `ModelFolderError`, `FileError`, `VocabularyError` or `CheckpointError`, which
  ///   name the file and what is wrong with it.
  public convenience init(modelFolder: String, options: TranslationOptions = TranslationOptions()) throws {
    try self.init(modelFolders: [modelFolder], options: options)
  }

  /// A service with an ensemble of models, whose probabilities are averaged.
  ///
  /// - Parameters:
  ///   - modelFolders: one or more, all with the same vocabulary.
  ///   - options: how much of the machine the service uses.
  /// - Throws: the same errors as ``init(modelFolder:options:)``.
  public convenience init(modelFolders: [String], options: TranslationOptions = TranslationOptions()) throws {
    // Fail before reading the models, which takes time.
    try options.validate()
    let folders = try modelFolders.map { path in
      let (model, pipeline) = try ModelFolder(path).read(mapsWeights: options.mapsWeights)
      return (path: path, (model: options.compute.applied(to: model), pipeline: pipeline))
    }
    guard let (first, (model, pipeline)) = folders.first else { throw ModelFolderError.missing(folder: "") }
    for (path, (_, other)) in folders.dropFirst() where !other.hasVocabularies(of: pipeline) {
      throw TranslationError.differentVocabularies(folder: path, other: first)
    }
    if folders.count == 1 {
      let shortlist = try options.shortlist.read(of: ModelFolder(first), pipeline)
      let confidence = try ModelFolder(first).readConfidence()
      try self.init(
        trained: model, shortlist: shortlist, confidence: confidence, pipeline: pipeline, options: options)
      return
    }
    for (path, (model, _)) in folders where !model.architecture.configuration.isAutoregressive {
      throw TranslationError.notAutoregressive(folder: path)
    }
    try self.init(
      model: EnsembleModel(folders.map(\.1.model)), pipeline: pipeline, options: options)
  }
}

extension TextPipeline {
  fileprivate func hasVocabularies(of other: TextPipeline) -> Bool {
    Side.allCases.allSatisfy { vocabulary($0) == other.vocabulary($0) }
  }
}
