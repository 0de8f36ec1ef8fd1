import Glibc

/// A file that appears whole or not at all.
///
/// The bytes go to a temporary file in the same folder, which takes the path's place only in ``commit()``, after
/// they have reached the disk. An `AtomicFile` that is let go without it leaves nothing behind, and what stood at
/// the path before stays. Where the file system knows files without a name, the temporary file has none until
/// then, so that not even a process that is killed leaves it behind. Where the path names a device or a pipe, the
/// bytes go there directly.
public final class AtomicFile {
  private let path: String
  private let temporaryPath: String?
  private let file: OpenFile
  private var waiting: [UInt8] = []
  private var isNamed = false
  private var isCommitted = false

  /// Opens the temporary file.
  ///
  /// - Parameter path: where the file shall appear; its folder must exist. A link is followed.
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

  /// Writes bytes behind those written so far.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try unsafe write(bytes.span.bytes)
  }

  /// Writes text as UTF-8.
  public func write(_ text: String) throws(FileError) {
    try write(Array(text.utf8))
  }

  /// Writes the bytes of any values as they lie in memory.
  public func write(_ bytes: RawSpan) throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    // Small pieces are gathered: a call of the system for each line would cost more than the line.
    if waiting.count + bytes.byteCount > ByteSource.pieceSize { try flush() }
    guard bytes.byteCount < ByteSource.pieceSize else { return try file.write(bytes) }
    unsafe bytes.withUnsafeBytes { unsafe waiting.append(contentsOf: $0) }
  }

  /// Writes bytes in the place of others that are written already, as a format demands whose beginning tells of
  /// what follows.
  ///
  /// - Throws: ``FileError``, also where the path names a pipe.
  func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    try flush()
    try unsafe file.write(bytes.span.bytes, at: offset)
  }

  /// Puts the file in place: after return it has its whole content, and keeps it if the machine fails.
  ///
  /// - Throws: ``FileError``; then the path is as it was before.
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
/// - Throws: ``FileError``; then what stood at the path before is still there, and nothing else.
public func writeFileAtomically(path: String, contents: [UInt8]) throws(FileError) {
  let file = try AtomicFile(path: path)
  try file.write(contents)
  try file.commit()
}

/// A name in the same folder that no other process and no other call chooses.
private func temporaryName(for path: String) -> String {
  let (folder, name) = splitPath(path)
  let number = String(UInt64.random(in: .min ... .max), radix: 36)
  return "\(folder)/.\(name.prefix(100)).\(number).tmp"
}

private func resolved(_ path: String) -> String {
  guard let real = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}

/// Moves a file to another name in the same file system, where it takes the place of what stood there: at every
/// instant one of the two stands there whole.
///
/// - Throws: ``FileError``; then both are as they were.
public func moveFile(_ path: String, to other: String) throws(FileError) {
  guard unsafe rename(path, other) == 0 else { throw OpenFile.writeError(other) }
  synchronizeFolder(of: other)
}

/// Makes the new name last; a folder that cannot be synchronized has its reasons, and the file is written.
private func synchronizeFolder(of path: String) {
  let number = unsafe open(splitPath(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard number >= 0 else { return }
  _ = fsync(number)
  _ = close(number)
}
