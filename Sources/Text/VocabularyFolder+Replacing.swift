import Files
import FoundationEssentials
import Glibc

extension TextPipeline {
  /// What became of a folder that was written whole.
  public enum FolderChange: Sendable, Equatable {
    /// There was none, or an empty one.
    case created
    /// The vocabulary that stood there is gone.
    case replaced
  }

  /// Makes sure that ``replaceFolder(at:)`` will find nothing in its way; for a check before long work.
  ///
  /// - Throws: ``VocabularyError`` where a file stands at the path or the folder holds files that are not of a
  ///   vocabulary, such as those of a trained model.
  public static func checkReplaceable(folder path: String) throws(VocabularyError) {
    guard !fileExists(path) else { throw .file(.notAFolder(path: path)) }
    for name in names(in: path).sorted() where !VocabularyFolder.allNames.contains(name) {
      throw .foreignFolder(path: path, file: name)
    }
  }

  /// Writes a folder that holds this vocabulary and nothing else, whole or not at all.
  ///
  /// The files are written to a new folder beside, which then takes the path's place.
  ///
  /// - Returns: whether a vocabulary stood there before.
  /// - Throws: ``VocabularyError``; then what stood at the path is unchanged.
  public func replaceFolder(at path: String) throws(VocabularyError) -> FolderChange {
    try Self.checkReplaceable(folder: path)
    let path = resolved(path)
    let wasEmpty = names(in: path).isEmpty
    let beside = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let (new, old) = (beside + ".tmp", beside + ".old")
    defer { remove(new) }
    try write(to: new)
    guard folderExists(path) else {
      try move(new, to: path)
      return .created
    }
    try move(path, to: old)
    do {
      try move(new, to: path)
    } catch {
      try move(old, to: path)
      throw error
    }
    remove(old)
    return wasEmpty ? .created : .replaced
  }
}

private func move(_ from: String, to path: String) throws(VocabularyError) {
  guard unsafe rename(from, path) == 0 else {
    throw .file(.notWritable(path: path, reason: unsafe String(cString: strerror(errno))))
  }
}

private func remove(_ folder: String) {
  try? FileManager.default.removeItem(atPath: folder)
}

/// The folder that a link leads to; a path without slashes at its end.
private func resolved(_ path: String) -> String {
  if let real = unsafe realpath(path, nil) {
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
  var path = path[...]
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  return String(path)
}

private func names(in folder: String) -> [String] {
  (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
}
