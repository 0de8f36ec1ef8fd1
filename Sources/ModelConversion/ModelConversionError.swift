/// What can be wrong with a model of another toolkit, or with a model that another toolkit should read.
public enum ModelConversionError: Error, Equatable {
  /// An option of the model has a value that it cannot have.
  case badOption(path: String, key: String, found: String, expected: String)
  /// The model computes something that this package does not.
  case unsupported(path: String, what: String, advice: String)
  /// A tensor is missing.
  case missingTensor(path: String, name: String, parameter: String)
  /// A tensor has another shape than the options say.
  case wrongShape(path: String, name: String, found: [Int], expected: [Int])
  /// A tensor has numbers that are NaN or infinite.
  case notFinite(path: String, name: String)
  /// Nothing in a folder looks like a model.
  case unrecognized(path: String, expected: String)
  /// A file that belongs to the model is missing.
  case missingFile(path: String, what: String)
  /// Several files could be the vocabulary.
  case ambiguousVocabulary(folder: String, files: [String])
  /// Model and vocabulary do not belong together.
  case vocabularySize(path: String, found: Int, model: Int, side: String)
  /// Another format cannot hold the model.
  case notExportable(folder: String, format: String, what: String, advice: String)
}

extension ModelConversionError: CustomStringConvertible {
  /// Where it is, what was found, what was expected, and what to do.
  public var description: String {
    switch self {
    case .badOption(let path, let key, let found, let expected):
      "\(path): option '\(key)' is '\(found)', expected \(expected)"
    case .unsupported(let path, let what, let advice):
      "\(path): \(what) is not supported; \(advice)"
    case .missingTensor(let path, let name, let parameter):
      "\(path): there is no tensor '\(name)', which has the numbers of '\(parameter)'; the options of the model do not fit "
        + "its weights, or the file is not complete"
    case .wrongShape(let path, let name, let found, let expected):
      "\(path): tensor '\(name)' has shape \(found), expected \(expected); the options of the model do not fit its weights"
    case .notFinite(let path, let name):
      "\(path): tensor '\(name)' has numbers that are NaN or infinite; get the model again"
    case .unrecognized(let path, let expected):
      "'\(path)' is no model that can be imported; expected \(expected)"
    case .missingFile(let path, let what):
      "'\(path)': \(what) is missing"
    case .ambiguousVocabulary(let folder, let files):
      "'\(folder)' has several vocabularies, \(files.joined(separator: ", ")), and no configuration that says which side is "
        + "which; give that of the source with --vocab, and then that of the target"
    case .vocabularySize(let path, let found, let model, let side):
      "\(path): the \(side) vocabulary has \(found) tokens, but the model has \(model); give the vocabulary that the model "
        + "was trained with"
    case .notExportable(let folder, let format, let what, let advice):
      "'\(folder)' cannot be exported to \(format): \(what); \(advice)"
    }
  }
}
