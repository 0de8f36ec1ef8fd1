import Glibc

/// A file that grows under another name and gets its own once it is complete.
///
/// For results that take hours: whatever ends the work early, what was flushed until then is in ``partialPath``, the path
/// with `.partial` at its end, and the file that was at the path before stays. If there is such a file already, left by
/// earlier work, it is kept, and the next free name is used: `.partial2`, `.partial3`. As long as nothing is flushed, there
/// is no file, if the file system supports unnamed files. If the path names a device or a pipe, bytes are written to it
/// directly. If the name ends in `.gz`, the file is gzip, which can be read up to the last flush.
public final class PartialFile {
  private let path: String
  private let isDirect: Bool
  private let file: OpenFile
  private let deflater: Deflater?
  private var waiting: [UInt8] = []
  private var isEmpty = true
  private var isCommitted = false
  /// The file with what was flushed; nil if nothing was, after the commit, or if bytes are written directly.
  public private(set) var partialPath: String?

  /// Opens the file.
  ///
  /// - Parameter path: the file's path; its folder must exist. Symbolic links are followed.
  /// - Throws: ``FileError`` if the path is a folder, or its folder is missing or not writable.
  public init(path: String) throws(FileError) {
    let present = fileStatus(path)
    if let present, present.st_mode & S_IFMT == S_IFDIR { throw .isAFolder(path: path) }
    deflater = isGzipName(path) ? Deflater() : nil
    isDirect = present.map { $0.st_mode & S_IFMT != S_IFREG } ?? false
    self.path = present == nil || isDirect ? path : resolved(path)
    if isDirect {
      file = try OpenFile.writing(path, named: path, flags: 0)
    } else if let number = OpenFile.unnamed(in: splitPath(self.path).folder) {
      file = OpenFile(number: number, name: path, closesAtEnd: true)
    } else {
      let name = freeName(for: self.path)
      file = try OpenFile.writing(name, named: path, flags: O_CREAT | O_EXCL)
      partialPath = name
    }
    if !isDirect, let present { _ = fchmod(file.number, present.st_mode & 0o7777) }
  }

  deinit {
    if !isCommitted, isEmpty, let partialPath { _ = unsafe unlink(partialPath) }
  }

  /// Appends bytes, which stay in memory for now.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    precondition(!isCommitted, "PartialFile: '\(path)' is committed already")
    waiting += bytes
    if waiting.count > ByteSource.pieceSize { try flush() }
  }

  /// Writes what is in memory to the file, where it survives the end of the process.
  ///
  /// - Throws: ``FileError``, such as for a full disk; what fits is in the file.
  public func flush() throws(FileError) {
    guard !waiting.isEmpty else { return }
    let bytes = waiting
    waiting = []
    isEmpty = false
    try giveName()
    try append(deflater.map { $0.compress(bytes) + $0.flush() } ?? bytes)
  }

  private func append(_ bytes: [UInt8]) throws(FileError) { try unsafe file.write(bytes.span.bytes) }

  /// Gives the complete file its name.
  ///
  /// After this returns, the file is there and survives a crash of the machine.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) {
    precondition(!isCommitted, "PartialFile: '\(path)' is committed already")
    try flush()
    if let deflater { try append(deflater.finish()) }
    try file.synchronize()
    if !isDirect {
      try giveName()
      if let partialPath { try moveFile(partialPath, to: path) }
    }
    (isCommitted, partialPath) = (true, nil)
  }

  private func giveName() throws(FileError) {
    guard !isDirect, partialPath == nil else { return }
    let name = freeName(for: path)
    try file.giveName(name)
    partialPath = name
  }
}

/// The path with the first of the endings `.partial`, `.partial2`, … that no file has.
private func freeName(for path: String) -> String {
  var (name, number) = ("\(path).partial", 1)
  // A symbolic link counts, wherever it leads.
  while unsafe faccessat(AT_FDCWD, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 {
    number += 1
    name = "\(path).partial\(number)"
  }
  return name
}
