public import Files
public import ModelFolders

/// `samples.jsonl`: how some sentences of the validation text were translated in each validation, one JSON object a
/// line.
///
/// A run that is resumed appends to the file of the run it continues.
public final class SampleLog {
  private let log: LineLog

  /// A log at the given path.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - update: keeps the lines up to this update; nil to start anew.
  /// - Throws: `FileError` if the file cannot be read or opened for writing.
  public init(path: String, keepingUpTo update: Int?) throws(FileError) {
    log = try LineLog(path: path, keepingUpTo: update)
  }

  /// Appends an entry.
  ///
  /// - Throws: `FileError` if it cannot be written.
  public func append(_ entry: SampleLogEntry) throws(FileError) { try log.append(entry) }

  /// Reads what was logged; lines that are damaged are left out.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public static func read(path: String) throws(FileError) -> [SampleLogEntry] { try readLines(path: path) }
}

extension ModelFolder {
  /// Translations of some sentences of the validation text in each validation, see ``SampleLog``.
  public var samples: String { "\(path)/samples.jsonl" }
}
