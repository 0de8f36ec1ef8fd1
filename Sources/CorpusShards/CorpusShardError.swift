public import Files

/// What can be wrong with a prepared corpus.
public enum CorpusShardError: Error, Equatable {
  /// A file cannot be read or written.
  case file(FileError)
  /// A folder has no manifest.
  case notPrepared(folder: String)
  /// The manifest or a shard is of another version of the format.
  case version(path: String, found: Int, expected: Int)
  /// A shard is not what the manifest says.
  case damaged(path: String, found: String, expected: String)
  /// Text of another vocabulary.
  case vocabulary(folder: String, difference: String)
  /// A folder holds a prepared corpus already.
  case present(folder: String)
  /// A folder holds files that are not of a prepared corpus.
  case otherFiles(folder: String, name: String)
}

extension CorpusShardError: CustomStringConvertible {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notPrepared(let folder):
      "'\(folder)' is not a prepared corpus: it has no \(CorpusManifest.name), which is written last; run prepare-corpus "
        + "again if it was interrupted"
    case .version(let path, let found, let expected):
      "'\(path)' has version \(found) of the format, this program reads version \(expected); prepare the corpus again"
    case .damaged(let path, let found, let expected):
      "'\(path)' is damaged: found \(found), expected \(expected); copy the file again, or prepare the corpus again"
    case .vocabulary(let folder, let difference):
      "'\(folder)' was prepared with another vocabulary: \(difference); give that vocabulary, or prepare the corpus again"
    case .present(let folder):
      "'\(folder)' holds a prepared corpus already; choose another folder, or give --overwrite"
    case .otherFiles(let folder, let name):
      "'\(folder)' holds something else ('\(name)'); choose a new folder"
    }
  }
}
