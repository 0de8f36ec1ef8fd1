/// What can be wrong with a model folder as a whole.
public enum ModelFolderError: Error, Equatable {
  /// There is no such folder.
  case missing(folder: String)
  /// Vocabulary and model are not of the same size.
  case vocabularySize(folder: String, vocabulary: Int, model: Int)
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
    }
  }
}
