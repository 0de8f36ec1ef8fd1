import Decoding
import Files
import Models
import Text

extension Translator {
  /// A translator with the model of a folder that `train-translation` wrote.
  ///
  /// - Throws: ``TranslationError``, `FileError`, `VocabularyError` or `CheckpointError`, which name the file
  ///   and what is wrong with it.
  public init(modelFolder: String, options: TranslationOptions = TranslationOptions()) throws {
    try self.init(modelFolders: [modelFolder], options: options)
  }

  /// A translator with several models that predict together; their probabilities are averaged.
  ///
  /// - Parameters:
  ///   - modelFolders: one or more, all with the same vocabulary.
  ///   - options: how to translate.
  /// - Throws: as ``init(modelFolder:options:)``.
  public init(modelFolders: [String], options: TranslationOptions = TranslationOptions()) throws {
    // Before the models are read: a wrong option should not cost the time that takes.
    try options.validate()
    guard let first = modelFolders.first else { throw TranslationError.noModel(folder: "") }
    let folders = try modelFolders.map(ModelFolder.init)
    for (path, folder) in zip(modelFolders, folders).dropFirst()
    where !folder.hasVocabulary(of: folders[0]) {
      throw TranslationError.differentVocabularies(folder: path, other: first)
    }
    let models = folders.map(\.model)
    let pipeline = folders[0].pipeline
    if models.count == 1 {
      try self.init(trained: models[0], pipeline: pipeline, options: options)
      return
    }
    for (path, model) in zip(modelFolders, models)
    where !model.architecture.configuration.isAutoregressive {
      throw TranslationError.notAutoregressive(folder: path)
    }
    try self.init(model: EnsembleModel(models), pipeline: pipeline, options: options)
  }
}

/// What a model folder holds: the model and the text pipeline that belongs to it.
private struct ModelFolder {
  let model: TrainedTransformer
  let pipeline: TextPipeline

  init(_ path: String) throws {
    guard folderExists(path) else {
      throw fileExists(path) ? FileError.notAFolder(path: path) : TranslationError.noModel(folder: path)
    }
    pipeline = try TextPipeline(folder: path)
    model = try ModelFiles.read(folder: path)
    let configuration = model.architecture.configuration
    for (side, size) in [
      (TextPipeline.Side.source, configuration.sourceVocabularySize),
      (.target, configuration.targetVocabularySize),
    ] where pipeline.vocabularySize(side) != size {
      throw TranslationError.vocabularySize(
        folder: path, vocabulary: pipeline.vocabularySize(side), model: size)
    }
  }

  func hasVocabulary(of other: ModelFolder) -> Bool {
    TextPipeline.Side.allCases.allSatisfy { pipeline.vocabulary($0) == other.pipeline.vocabulary($0) }
  }
}
