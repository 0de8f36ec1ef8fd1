import ModelFolders
import ModelFormats
import Text

/// Which tokens an autoregressive decoder chooses from.
public enum ShortlistChoice: Sendable, Equatable {
  /// The candidates of the model's lexical shortlist if it has one, otherwise all.
  case ofModel
  /// All tokens.
  case none
  /// The candidates of a lexical shortlist, in Bergamot's binary format or as text.
  case file(String)

  /// The shortlist for a model.
  ///
  /// - Throws: `FileError` if it cannot be read, or does not fit the vocabulary.
  func read(of folder: ModelFolder, _ pipeline: TextPipeline) throws -> LexicalShortlist? {
    switch self {
    case .none: nil
    case .ofModel: try folder.readShortlist(pipeline)
    case .file(let path): try LexicalShortlist(path: path, pipeline)
    }
  }
}
