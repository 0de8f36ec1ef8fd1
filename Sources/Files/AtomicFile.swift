import Glibc

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary file in the same folder. ``commit()`` waits until they are on disk and then renames the file
/// to its path. An `AtomicFile` that is released without a commit leaves nothing behind, and the file that was at the
/// path before stays. If the file system supports unnamed files, the temporary file has no name until the commit, so
/// even a killed process leaves nothing behind. If the path names a device or a pipe, bytes are written to it directly.
public final class AtomicFile {
  /// The file's path, with links resolved.
  let path: String
  /// The file's name in its folder, as given.
  package let name: String
  private let temporaryPath: String?
  private let file: OpenFile
  private var waiting: [UInt8] = []
  private var isNamed = false
  private var isPrepared = false
  private var isCommitted = false
  /// Another name of the file that was at the path before; nil if there is none.
  private var oldPath: String?
  /// Whether the path can go back to what it was before ``place()``.
  private var canRevert = false
  /// The checksum of the bytes so far; nil if it is not wanted.
  private var sum: Checksum?

  /// Opens the temporary file.
  ///
  /// - Parameter path: the file's path; its folder must exist. Symbolic links are followed.
  /// - Throws: ``FileError`` if the path is a folder, or its folder is missing or not writable.
  public convenience init(path: String) throws(FileError) { try self.init(path: path, isSummed: false) }

  /// Opens the temporary file.
  ///
  /// - Parameters:
  ///   - path: see ``init(path:)``.
  ///   - isSummed: whether ``checksum`` is wanted.
  /// - Throws: see ``init(path:)``.
  package init(path: String, isSummed: Bool) throws(FileError) {
    sum = isSummed ? Checksum() : nil
    name = splitPath(path).name
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
    forgetOld()
  }

  /// The checksum of the bytes so far, in the form of ``fileSum(path:)``; nil if it was not asked for.
  package var checksum: String? { sum.map { Checksum.kind + $0.digits } }

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
    sum?.add(bytes)
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
    precondition(sum == nil, "AtomicFile: '\(path)' has a checksum of what is overwritten")
    try flush()
    try unsafe file.write(bytes.span.bytes, at: offset)
  }

  /// Moves the file to its path.
  ///
  /// After this returns, the complete file is there and survives a crash of the machine.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) {
    try prepare()
    try place()
    if temporaryPath != nil { synchronizeFolder(of: path) }
  }

  /// Waits until all bytes are on disk, and gives the temporary file a name, so that only a rename is left to do.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  func prepare() throws(FileError) {
    precondition(!isCommitted, "AtomicFile: '\(path)' is committed already")
    guard !isPrepared else { return }
    try flush()
    try file.synchronize()
    if let temporaryPath, !isNamed {
      try file.giveName(temporaryPath)
      isNamed = true
    }
    isPrepared = true
  }

  /// Moves a prepared file to its path.
  func place() throws(FileError) {
    precondition(isPrepared && !isCommitted, "AtomicFile: '\(path)' is not prepared")
    if let temporaryPath {
      guard unsafe rename(temporaryPath, path) == 0 else { throw OpenFile.writeError(path) }
    }
    isCommitted = true
  }

  /// Keeps the file that is at the path under another name, for ``revert()``.
  ///
  /// It is a second name of the same bytes. Some file systems have none; there is then no way back.
  func keepOld() {
    guard temporaryPath != nil else { return }
    guard fileStatus(path) != nil else {
      canRevert = true
      return
    }
    let name = temporaryName(for: path)
    guard unsafe link(path, name) == 0 else { return }
    (oldPath, canRevert) = (name, true)
  }

  /// Undoes ``place()``.
  func revert() {
    guard isCommitted, canRevert else { return }
    if let oldPath {
      if unsafe rename(oldPath, path) == 0 { self.oldPath = nil }
    } else {
      _ = unsafe unlink(path)
    }
  }

  /// Removes the second name of the file that was at the path.
  func forgetOld() {
    if let oldPath { _ = unsafe unlink(oldPath) }
    oldPath = nil
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
func temporaryName(for path: String) -> String {
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
func synchronizeFolder(of path: String) {
  let number = unsafe open(splitPath(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard number >= 0 else { return }
  _ = fsync(number)
  _ = close(number)
}
