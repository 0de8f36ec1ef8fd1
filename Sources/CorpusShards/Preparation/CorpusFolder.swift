import Files
import Text

/// The folder that a corpus is prepared in, for this process alone.
final class CorpusFolder {
  let path: String
  /// The folder for temporary files.
  let temporary: String
  private let lock: FolderLock

  /// Creates the folder, or takes one that holds at most an interrupted preparation.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - replaces: whether it may hold a prepared corpus, which is removed.
  /// - Throws: ``CorpusShardError``, `FolderInUse`, or `FileError` if nothing can be written.
  init(path: String, replaces: Bool) throws {
    (self.path, temporary) = (path, "\(path)/temporary")
    try requireWritableFolder(path)
    lock = try FolderLock.take(path)
    if fileExists("\(path)/\(CorpusManifest.name)"), !replaces {
      throw CorpusShardError.present(folder: path)
    }
    let names = try fileNames(in: path)
    for name in names where !Self.isOurs(name) { throw CorpusShardError.otherFiles(folder: path, name: name) }
    // The manifest first: what is left without it does not look whole.
    removeFile("\(path)/\(CorpusManifest.name)")
    for name in names where name.hasSuffix(".pairs") { removeFile("\(path)/\(name)") }
    removeTemporaryFiles()
  }

  private static func isOurs(_ name: String) -> Bool {
    name.hasPrefix(".") || name == CorpusManifest.name || name == "temporary"
      || TextPipeline.fileNames.contains(name)
      || name.hasPrefix("shard-") && name.hasSuffix(".pairs")
  }

  /// Removes what the shuffle left, if it was interrupted.
  func removeTemporaryFiles() { Self.remove(temporary) }

  private static func remove(_ folder: String) {
    guard let names = try? fileNames(in: folder) else { return }
    for name in names {
      let path = "\(folder)/\(name)"
      if folderExists(path) { remove(path) } else if name.hasPrefix("bucket-") { removeFile(path) }
    }
    removeEmptyFolder(folder)
  }
}
