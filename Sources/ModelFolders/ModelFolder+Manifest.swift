package import Files

extension ModelFolder {
  /// The contents of ``manifest`` for a model whose weights were made from this one's: without the scores, which are
  /// those of other weights.
  ///
  /// - Parameter changes: other values for some keys.
  /// - Returns: the changes alone if the folder has no manifest.
  /// - Throws: `FileError` if the file is no JSON object.
  package func manifest(changing changes: [(key: String, value: JSONTree)]) throws(FileError) -> [UInt8] {
    var tree = JSONTree.object([])
    if fileExists(manifest) {
      tree = try readJSONTree(path: manifest)
      guard case .object = tree else {
        throw .invalidFormat(
          path: manifest, place: "", found: tree.words, expected: "what train-translation wrote",
          hint: "remove the file to do without it")
      }
    }
    let kept = tree.without { $0.hasPrefix("valid_") || $0 == "best_by" }
    return Array((kept.with(changes).text() + "\n").utf8)
  }

  /// Makes the folder ready for a model, and keeps other programs out until the lock is released.
  ///
  /// - Throws: `FileError` if files cannot be written there, `FolderInUse` if another program does.
  package func takeForWriting() throws -> FolderLock {
    try requireWritableFolder(path)
    let lock = try FolderLock.take(path)
    removeAbandonedFiles()
    return lock
  }
}
