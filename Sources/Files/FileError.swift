/// An error in reading, writing or parsing a file.
public enum FileError: Error, Equatable {
  /// There is no file at the path.
  case notFound(path: String)
  /// The system refused to read, with its reason.
  case notReadable(path: String, reason: String)
  /// A file was expected, but the path is a folder.
  case isAFolder(path: String)
  /// A folder was expected, but the path is something else.
  case notAFolder(path: String)
  /// The system refused to write, with its reason, such as a full disk.
  case notWritable(path: String, reason: String)
  /// Compressed data that ends early or contradicts itself.
  case damagedGzip(path: String, reason: String)
  /// Text was expected, but the file is in another format or encoding, such as UTF-16 or a zip archive.
  case notText(path: String, format: String, hint: String)
  /// The file was read, but does not follow its format.
  ///
  /// `place` is a place in the file (`line 3`, `tensor 'decoder.weight'`, `key 'd_model'`); empty for the whole file.
  case invalidFormat(path: String, place: String, found: String, expected: String, hint: String)
}

extension FileError: CustomStringConvertible {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .notFound(let path):
      "cannot read '\(path)': there is no such file; check the path"
    case .notReadable(let path, let reason):
      "cannot read '\(path)': \(reason)"
    case .isAFolder(let path):
      "'\(path)' is a folder, but a file is needed here; name a file in it"
    case .notAFolder(let path):
      "'\(path)' is a file, but a folder is needed here; name another folder or move the file away"
    case .notWritable(let path, let reason):
      "cannot write '\(path)': \(reason)"
    case .damagedGzip(let path, let reason):
      "'\(path)' is damaged: \(reason); copy or compress the file again"
    case .notText(let path, let format, let hint):
      "'\(path)' is \(format), but text in UTF-8 is needed here, plain or gzip; \(hint)"
    case .invalidFormat(let path, let place, let found, let expected, let hint):
      "\(path): \(place.isEmpty ? "" : "\(place): ")found \(found), expected \(expected)"
        + (hint.isEmpty ? "" : "; \(hint)")
    }
  }

  /// The path of the file that the error is about.
  public var path: String {
    switch self {
    case .notFound(let path), .isAFolder(let path), .notAFolder(let path), .notReadable(let path, _),
      .notWritable(let path, _), .damagedGzip(let path, _), .notText(let path, _, _),
      .invalidFormat(let path, _, _, _, _):
      path
    }
  }
}
