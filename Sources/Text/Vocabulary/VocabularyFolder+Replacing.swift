import Files
import FoundationEssentials
import Glibc

extension TextPipeline {
  /// What happened to a folder that was replaced.
  public enum FolderChange: Sendable, Equatable {
    /// It did not exist or was empty.
    case created
    /// It contained a vocabulary, which was replaced.
    case replaced
  }

  /// Checks that ``replaceFolder(at:)`` may replace what is at the path, before long work.
  ///
  /// - Throws: ``VocabularyError`` if the path is a file or the folder contains files that are not part of a
  ///   vocabulary, such as those of a trained model.
  public static func checkReplaceable(folder path: String) throws(VocabularyError) {
    guard !fileExists(path) else { throw .file(.notAFolder(path: path)) }
    for name in names(in: path).sorted() where !fileNames.contains(name) {
      throw .foreignFolder(path: path, file: name)
    }
  }

  /// Writes a folder that contains only this vocabulary, completely or not at all.
  ///
  /// The files are written to a new folder next to it, which then replaces it. If that is impossible (the folder is a
  /// mount point, or its parent is not writable), they are written to a folder inside it and moved into place one by
  /// one. The settings come last, without which a vocabulary cannot be read.
  ///
  /// - Returns: whether there was a vocabulary before.
  /// - Throws: ``VocabularyError``, with what was at the path unchanged, unless moving the files one by one fails.
  public func replaceFolder(at path: String) throws(VocabularyError) -> FolderChange {
    try Self.checkReplaceable(folder: path)
    let path = resolved(path)
    let isEmpty = names(in: path).isEmpty
    // Keep an empty folder, whose owner and permissions may have been set on purpose.
    let isKept = isEmpty && folderExists(path)
    let isExchanged = isKept ? false : try exchangeFolder(at: path)
    if !isExchanged { try replaceFiles(in: path) }
    return isEmpty ? .created : .replaced
  }

  /// Writes a new folder next to the path and replaces the path with it.
  ///
  /// - Returns: false, with nothing changed, if the system does not allow replacing the folder itself.
  private func exchangeFolder(at path: String) throws(VocabularyError) -> Bool {
    let (new, old) = (unusedName(path, ".tmp"), unusedName(path, ".old"))
    defer { remove(new) }
    guard folderExists(path) else {
      try write(to: new)
      try move(new, to: path)
      return true
    }
    guard try isAllowed(path, unsafe mkdir(new, 0o777)) else { return false }
    try write(to: new)
    guard try isAllowed(path, unsafe rename(path, old)) else { return false }
    do {
      try move(new, to: path)
    } catch {
      try move(old, to: path)
      throw error
    }
    remove(old)
    return true
  }

  /// Writes the files to a folder inside this one, and moves them from there over the old ones.
  private func replaceFiles(in path: String) throws(VocabularyError) {
    let new = unusedName("\(path)/.vocabulary", ".tmp")
    defer { remove(new) }
    try write(to: new)
    let written = Set(names(in: new))
    remove("\(path)/\(VocabularyFolder.settings)")
    for name in written.subtracting([VocabularyFolder.settings]).sorted() {
      try move("\(new)/\(name)", to: "\(path)/\(name)")
    }
    // Remove files of another layout or segmentation.
    for name in Self.fileNames.subtracting(written) { remove("\(path)/\(name)") }
    try move("\(new)/\(VocabularyFolder.settings)", to: "\(path)/\(VocabularyFolder.settings)")
  }
}

/// Whether a call succeeded; false if the system does not allow it for this folder, but may allow changing its files.
private func isAllowed(_ path: String, _ status: Int32) throws(VocabularyError) -> Bool {
  let code = errno
  if status == 0 { return true }
  // Layered file systems refuse to move a folder with EXDEV.
  guard [EBUSY, EACCES, EPERM, EROFS, EXDEV].contains(code) else { throw notWritable(path, code) }
  return false
}

private func notWritable(_ path: String, _ code: Int32) -> VocabularyError {
  .file(.notWritable(path: path, reason: unsafe String(cString: strerror(code))))
}

private func unusedName(_ path: String, _ ending: String) -> String {
  "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))\(ending)"
}

private func move(_ from: String, to path: String) throws(VocabularyError) {
  guard unsafe rename(from, path) == 0 else { throw notWritable(path, errno) }
}

private func remove(_ path: String) {
  try? FileManager.default.removeItem(atPath: path)
}

/// The path with links resolved and without slashes at its end.
private func resolved(_ path: String) -> String {
  if let real = unsafe realpath(path, nil) {
    defer { unsafe free(real) }
    // A path that is not UTF-8, as of a working directory with an old name, cannot be written as a string.
    if let text = unsafe String(validatingCString: real) { return text }
  }
  var path = path[...]
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  return String(path)
}

private func names(in folder: String) -> [String] {
  (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
}
