import Formatting
import Glibc

/// Creates a folder, with the folders above it, unless it is there already.
///
/// - Throws: ``FileError`` if a file is in the way or the system refuses.
public func createFolder(_ path: String) throws(FileError) {
  if let status = fileStatus(path) {
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path: path) }
    return
  }
  let parent = splitPath(path).folder
  if parent != path { try createFolder(parent) }
  // Another process may have been faster, which is as good.
  guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
    let code = errno
    throw .notWritable(path: path, reason: "the folder cannot be created: \(Readable.systemError(code))")
  }
}

/// Makes sure, before long work begins, that files can be written to a folder; creates it if need be.
///
/// - Throws: ``FileError`` if the folder cannot be created or refuses new files.
public func requireWritableFolder(_ path: String) throws(FileError) {
  try createFolder(path)
  do {
    // Permissions alone do not tell: the disk may be read-only or full.
    _ = try AtomicFile(path: path + "/write-test")
  } catch .notWritable(_, let reason) {
    throw .notWritable(path: path, reason: "the folder takes no new files: \(reason)")
  }
}

/// Whether a file, a device or a pipe, but no folder, stands at the path.
public func fileExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT != S_IFDIR } ?? false
}

/// Whether a file stands at the path that can be read more than once, as a pipe cannot.
public func regularFileExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
}

/// Whether a folder stands at the path.
public func folderExists(_ path: String) -> Bool {
  fileStatus(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
}

/// What stands at a path, links followed; nil if nothing does.
func fileStatus(_ path: String) -> stat? {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? status : nil
}

/// A path's folder (`.` if it names none) and its last part.
func splitPath(_ path: String) -> (folder: String, name: String) {
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
  guard let slash = trimmed.lastIndex(of: "/") else { return (".", String(trimmed)) }
  let folder = trimmed[..<slash]
  return (folder.isEmpty ? "/" : String(folder), String(trimmed[trimmed.index(after: slash)...]))
}
