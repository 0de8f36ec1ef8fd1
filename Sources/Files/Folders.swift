import Formatting
internal import Foundation
import Glibc

/// Creates a folder and its parents, unless it exists.
///
/// - Throws: ``FileError`` if a file is in the way or the system refuses.
public func createFolder(_ path: String) throws(FileError) {
  if let status = fileStatus(path) {
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path: path) }
    return
  }
  let parent = splitPath(path).folder
  if parent != path { try createFolder(parent) }
  // Another process may have created it in the meantime.
  guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
    let code = errno
    throw .notWritable(path: path, reason: "the folder cannot be created: \(Readable.systemError(code))")
  }
}

/// Checks before long work that files can be written to a folder, and creates the folder if needed.
///
/// - Throws: ``FileError`` if the folder cannot be created or refuses new files.
public func requireWritableFolder(_ path: String) throws(FileError) {
  try createFolder(path)
  do {
    // Permissions alone are not enough: the disk may be read-only or full.
    _ = try AtomicFile(path: path + "/write-test")
  } catch .notWritable(_, let reason) {
    throw .notWritable(path: path, reason: "the folder takes no new files: \(reason)")
  }
}

/// Removes a file if there is one; errors are ignored.
package func removeFile(_ path: String) { _ = unsafe unlink(path) }

/// Removes a folder if it is empty; errors are ignored.
package func removeEmptyFolder(_ path: String) { _ = unsafe rmdir(path) }

/// Whether the path is a file, a device or a pipe; false for a folder.
public func fileExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT != S_IFDIR } ?? false
}

/// Whether the path is a regular file, which, unlike a pipe, can be read more than once.
public func regularFileExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
}

/// Whether the path is a folder.
public func folderExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
}

/// The names of everything in a folder, in ascending order.
///
/// - Throws: ``FileError`` if there is no such folder, or it cannot be read.
package func fileNames(in folder: String) throws(FileError) -> [String] {
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  } catch {
    throw .notReadable(path: folder, reason: "the folder cannot be listed")
  }
}

/// Whether two paths are of the same folder, which may be written in different ways.
public func isSameFolder(_ path: String, _ other: String) -> Bool {
  guard let first = fileStatus(path), let second = fileStatus(other) else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}

/// The status of the file at a path, following links; nil if there is none.
func fileStatus(_ path: String) -> stat? {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? status : nil
}

/// A path's folder (`.` if it has none) and its last component.
func splitPath(_ path: String) -> (folder: String, name: String) {
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
  guard let slash = trimmed.lastIndex(of: "/") else { return (".", String(trimmed)) }
  let folder = trimmed[..<slash]
  return (folder.isEmpty ? "/" : String(folder), String(trimmed[trimmed.index(after: slash)...]))
}
