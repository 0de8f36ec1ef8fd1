import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary file in the same folder. ``commit()`` waits until they are on disk and then renames the file
/// to its path. An `AtomicFile` that is released without a commit leaves nothing behind, and the file that was at the
/// path before stays. If the file system supports unnamed files, the temporary file has no name until the commit, so
/// even a killed process leaves nothing behind. If the path names a device or a pipe, bytes are written to it directly.
public final class AtomicFile {
  private let path: String
  private let temporaryPath: String?
  private let file: OpenFile
  private var waiting: [UInt8] = []
  private var isNamed = false
  private var isCommitted = false

  /// Opens the temporary file.
  ///
  /// - Parameter path: the file's path; its folder must exist. Symbolic links are followed.
  /// - Throws: ``FileError`` if the path is a folder, or its folder is missing or not writable.
  public init(path: String) throws(FileError) {
    let present = fileStatus(path)
    if let present, present.st_mode & S_IFMT == S_IFDIR { throw .isAFolder(path: path) }
    if let present, present.st_mode & S_IFMT != S_IFREG {
      (self.path, temporaryPath) = (path, nil)
      file = try OpenFile.writing(path, named: path, flags: 0)
      return
    }
    self.path = present == nil ? path : resolved(path)
    let temporary = temporaryName(for: self.path)
    if let number = OpenFile.unnamed(in: splitPath(temporary).folder) {
      file = OpenFile(number: number, name: path, closesAtEnd: true)
    } else {
      file = try OpenFile.writing(temporary, named: path, flags: O_CREAT | O_EXCL)
      isNamed = true
    }
    temporaryPath = temporary
    if let present { _ = fchmod(file.number, present.st_mode & 0o7777) }
  }

  deinit {
    if isNamed, !isCommitted, let temporaryPath { _ = unsafe unlink(temporaryPath) }
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try unsafe write(bytes.span.bytes)
  }

  /// Appends text as UTF-8.
  public func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8))
  }

  /// Appends raw bytes.
  public func write(_ bytes: RawSpan) throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    // Small writes are buffered: a system call per line would cost more than the line itself.
    if waiting.count + bytes.byteCount > ByteSource.pieceSize { try flush() }
    guard bytes.byteCount < ByteSource.pieceSize else { return try file.write(bytes) }
    unsafe bytes.withUnsafeBytes { unsafe waiting.append(contentsOf: $0) }
  }

  /// Overwrites bytes that are already written, such as a header that depends on what follows it.
  ///
  /// - Throws: ``FileError``, also if the path names a pipe.
  func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    try flush()
    try unsafe file.write(bytes.span.bytes, at: offset)
  }

  /// Moves the file to its path.
  ///
  /// After this returns, the complete file is there and survives a crash of the machine.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    try flush()
    try file.synchronize()
    if let temporaryPath {
      if !isNamed { try file.giveName(temporaryPath) }
      isNamed = true
      guard unsafe rename(temporaryPath, path) == 0 else { throw OpenFile.writeError(path) }
    }
    isCommitted = true
    if temporaryPath != nil { synchronizeFolder(of: path) }
  }

  private func flush() throws(FileError) {
    let bytes = waiting
    waiting = []
    try unsafe file.write(bytes.span.bytes)
  }
}

/// Writes a file whole or not at all.
///
/// - Parameters:
///   - path: the file; its folder must exist.
///   - contents: all its bytes.
/// - Throws: ``FileError``; the folder is then unchanged.
public func writeFileAtomically(path: String, contents: [UInt8]) throws(FileError) {
  let file = try AtomicFile(path: path)
  try file.write(contents)
  try file.commit()
}

/// A random name in the same folder, which no other process or call picks.
private func temporaryName(for path: String) -> String {
  let (folder, name) = splitPath(path)
  let number = String(UInt64.random(in: .min ... .max), radix: 36)
  return "\(folder)/.\(name.prefix(100)).\(number).tmp"
}

func resolved(_ path: String) -> String {
  guard let real = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(real) }
  // A path that is not UTF-8, as of a working directory with an old name, cannot be written as a string.
  return unsafe String(validatingCString: real) ?? path
}

/// Renames a file within a file system, atomically replacing any file that has the new name.
///
/// - Throws: ``FileError``; both files are then unchanged.
public func moveFile(_ path: String, to other: String) throws(FileError) {
  guard unsafe rename(path, other) == 0 else { throw OpenFile.writeError(other) }
  synchronizeFolder(of: other)
}

/// Makes the new name durable.
///
/// Errors are ignored: some file systems cannot synchronize folders, and the file itself is already on disk.
private func synchronizeFolder(of path: String) {
  let number = unsafe open(splitPath(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard number >= 0 else { return }
  _ = fsync(number)
  _ = close(number)
}
