internal import Files
public import Models
public import Text
internal import Tokens

extension ModelFolder {
  /// Whether the folder contains the weights of a model.
  public var holdsModel: Bool { fileExists(weights) }

  /// Checks that the folder exists.
  ///
  /// - Throws: ``ModelFolderError/missing(folder:)``, or `FileError` if the path is a file.
  public func requireFolder() throws {
    guard !folderExists(path) else { return }
    throw fileExists(path) ? FileError.notAFolder(path: path) : ModelFolderError.missing(folder: path)
  }

  /// Checks that the vocabulary has as many tokens as the model, on both sides, and the same special tokens.
  ///
  /// - Throws: ``ModelFolderError/vocabularySize(folder:vocabulary:model:)`` or
  ///   ``ModelFolderError/specialTokens(folder:vocabulary:model:)``.
  public func requireVocabulary(_ pipeline: TextPipeline, of model: ModelConfiguration)
    throws(ModelFolderError)
  {
    if let (vocabulary, size) = mismatch(pipeline, model) {
      throw .vocabularySize(folder: path, vocabulary: vocabulary, model: size)
    }
    guard pipeline.specialTokens.suit(model: model.specialTokens) else {
      throw .specialTokens(folder: path, vocabulary: pipeline.specialTokens, model: model.specialTokens)
    }
  }

  /// The sizes of the first side whose sizes differ; nil if both sides match.
  func mismatch(_ pipeline: TextPipeline, _ model: ModelConfiguration) -> (vocabulary: Int, model: Int)? {
    let sizes = [
      (pipeline.vocabularySize(.source), model.sourceVocabularySize),
      (pipeline.vocabularySize(.target), model.targetVocabularySize),
    ]
    return sizes.first { $0.0 != $0.1 }
  }
}
