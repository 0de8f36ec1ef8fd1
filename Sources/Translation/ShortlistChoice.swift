import ModelFolders
import ModelFormats

/// Which tokens an autoregressive decoder chooses from.
public enum ShortlistChoice: Sendable, Equatable {
  /// The candidates of the model's lexical shortlist if it has one, otherwise all.
  case ofModel
  /// All tokens.
  case none
  /// The candidates of a lexical shortlist, in Bergamot's binary format.
  case file(String)

  /// The shortlist for a model.
  ///
  /// - Throws: `FileError` if it cannot be read, or does not fit the vocabulary.
  func read(of folder: ModelFolder, vocabularySize: Int) throws -> LexicalShortlist? {
    switch self {
    case .none: nil
    case .ofModel: try folder.readShortlist(vocabularySize: vocabularySize)
    case .file(let path): try LexicalShortlist(binary: FileBytes(path: path), vocabularySize: vocabularySize)
    }
  }
}
