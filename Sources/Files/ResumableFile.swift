import Glibc

/// A file that grows under another name, can be continued by another process, and gets its own name once it is complete.
///
/// Until the commit, it is at ``partialPath``, the path with `.partial` at its end, and the file that was at the path
/// before stays. One process at a time has it: the lock is the system's and ends with the process, however it ends. File
/// systems without locks, which some networks have, are used without one.
public final class ResumableFile {
  /// Where the file will be.
  public let path: String
  /// Where it grows.
  public let partialPath: String
  private let file: OpenFile
  private var waiting: [UInt8] = []
  private var isCommitted = false

  /// Opens the file, with what an earlier process left in it.
  ///
  /// - Parameter path: the file's path; its folder must exist.
  /// - Throws: ``FileError`` if it cannot be written, or another process has it.
  public init(path: String) throws(FileError) {
    (self.path, partialPath) = (path, "\(path).partial")
    file = try Self.locked(partialPath)
  }

  private static func locked(_ path: String) throws(FileError) -> OpenFile {
    while true {
      let file = try OpenFile.writing(path, named: path, flags: O_CREAT)
      if flock(file.number, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        throw .notWritable(path: path, reason: "another process is writing it; wait for its end")
      }
      // Its process may have given it its name between opening and locking it.
      let opened = try file.status()
      if let present = fileStatus(path), opened.st_ino == present.st_ino, opened.st_dev == present.st_dev {
        return file
      }
    }
  }

  /// The bytes that the file has.
  ///
  /// - Throws: ``FileError`` if the system does not say.
  public func size() throws(FileError) -> Int { try file.size() }

  /// Reads the beginning of the file.
  ///
  /// - Parameters:
  ///   - size: how many bytes; at most ``size()``.
  ///   - body: called with one piece after the other.
  /// - Throws: ``FileError`` if reading fails.
  package func read(first size: Int, _ body: (ArraySlice<UInt8>) -> Void) throws(FileError) {
    let source = try ByteSource(path: partialPath, expectsText: false, range: 0..<size, isRaw: true)
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    while let count = try source.fill(&buffer) { body(buffer[..<count]) }
  }

  /// Keeps the beginning, and continues behind it.
  ///
  /// - Throws: ``FileError`` if the system refuses.
  public func keep(first size: Int) throws(FileError) { try file.truncate(to: size) }

  /// Appends bytes, which stay in memory for now.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    precondition(!isCommitted, "ResumableFile: '\(path)' is committed already")
    waiting += bytes
    if waiting.count > ByteSource.pieceSize { try flush() }
  }

  private func flush() throws(FileError) {
    let bytes = waiting
    waiting = []
    try unsafe file.write(bytes.span.bytes)
  }

  /// Waits until all bytes are on the disk, where they survive a crash of the machine.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  public func synchronize() throws(FileError) {
    try flush()
    try file.synchronize()
  }

  /// Gives the complete file its name.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) {
    precondition(!isCommitted, "ResumableFile: '\(path)' is committed already")
    try synchronize()
    try moveFile(partialPath, to: path)
    isCommitted = true
  }

  /// Removes the file that grows.
  public func remove() {
    removeFile(partialPath)
    isCommitted = true
  }
}
