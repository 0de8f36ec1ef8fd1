public import Tokens

/// What can be wrong with a model folder as a whole.
public enum ModelFolderError: Error, Equatable {
  /// The folder does not exist.
  case missing(folder: String)
  /// Vocabulary and model have different sizes.
  case vocabularySize(folder: String, vocabulary: Int, model: Int)
  /// Vocabulary and model have different ids for the tokens that do not stand for text.
  case specialTokens(folder: String, vocabulary: SpecialTokens, model: SpecialTokens)
  /// A file is not the one that was written with the others.
  case damaged(file: String, found: String, expected: String, checksums: String)
}

extension ModelFolderError: CustomStringConvertible {
  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .missing(let folder):
      "there is no model folder '\(folder)'; check the path, or make one with train-translation"
    case .vocabularySize(let folder, let vocabulary, let model):
      "model folder '\(folder)': the vocabulary has \(vocabulary) tokens, the model \(model); "
        + "use the vocabulary that the model was trained with"
    case .specialTokens(let folder, let vocabulary, let model):
      "model folder '\(folder)': the vocabulary's special tokens are \(vocabulary), those of config.json \(model); "
        + "use the vocabulary that the model was trained with, or correct the ids in config.json"
    case .damaged(let file, let found, let expected, let checksums):
      "'\(file)' was damaged or changed: found \(found), expected checksum \(expected) by '\(checksums)'; copy the model "
        + "folder again, or, if you changed the file on purpose, delete '\(checksums)'"
    }
  }
}
