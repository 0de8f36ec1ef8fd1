import Formatting
import Glibc

/// A file descriptor that is closed with its owner.
///
/// All of the module's system calls on open files are here. Calls that a signal interrupts are repeated, and every
/// error names the file.
struct OpenFile: ~Copyable {
  let number: Int32
  /// The file's name for messages; `standard input` for the path `-`.
  let name: String
  private let closesAtEnd: Bool

  init(number: Int32, name: String, closesAtEnd: Bool) {
    (self.number, self.name, self.closesAtEnd) = (number, name, closesAtEnd)
  }

  deinit {
    if closesAtEnd { _ = Glibc.close(number) }
  }
}

// MARK: - Reading

extension OpenFile {
  /// Opens a file for reading; `-` is standard input.
  static func reading(_ path: String) throws(FileError) -> OpenFile {
    guard path != "-" else {
      return OpenFile(number: STDIN_FILENO, name: "standard input", closesAtEnd: false)
    }
    let number = retrying { unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC) }
    guard number >= 0 else { throw readError(path) }
    let file = OpenFile(number: number, name: path, closesAtEnd: true)
    guard try file.status().st_mode & S_IFMT != S_IFDIR else { throw .isAFolder(path: path) }
    return file
  }

  /// The file's type, size and permissions.
  func status() throws(FileError) -> stat {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw OpenFile.readError(name) }
    return status
  }

  /// The file's size in bytes.
  func size() throws(FileError) -> Int { Int(try status().st_size) }

  /// Reads what is available, up to the end of `buffer`; waits only if nothing is.
  ///
  /// - Returns: the number of bytes read; 0 at the end of the file.
  func read(into buffer: inout [UInt8], from start: Int = 0) throws(FileError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(
          number, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).baseAddress, bytes.count - start)
      }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      // Another process left the terminal in non-blocking mode.
      case EAGAIN: _ = isReadable(waitingMilliseconds: -1)
      default: throw OpenFile.readError(name)
      }
    }
  }

  /// Continues reading at the given offset.
  func seek(to offset: Int) throws(FileError) {
    guard lseek(number, off_t(offset), SEEK_SET) >= 0 else { throw OpenFile.readError(name) }
  }

  /// Fills `numbers` with the file's bytes, starting at the given offset.
  func read<Number: BitwiseCopyable>(_ numbers: inout [Number], at offset: Int) throws(FileError) {
    let result = unsafe numbers.withUnsafeMutableBytes { bytes in
      Result { () throws(FileError) in try unsafe read(bytes, at: offset) }
    }
    try result.get()
  }

  /// Fills `bytes` with the file's bytes, starting at the given offset.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = retrying {
        unsafe pread(number, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
      }
      guard count >= 0 else { throw OpenFile.readError(name) }
      guard count > 0 else {
        throw .notReadable(path: name, reason: "the file became shorter while it was read; try again")
      }
      done += count
    }
  }

  /// Reads bytes starting at the given offset; the file must be long enough.
  func readBytes(count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try read(&bytes, at: offset)
    return bytes
  }

  /// Whether a read would return immediately, with bytes or at the end of the file.
  func isReadable(waitingMilliseconds: Int32 = 0) -> Bool {
    var query = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    return retrying { unsafe poll(&query, 1, waitingMilliseconds) } > 0
  }

  private static func readError(_ path: String) -> FileError {
    switch errno {
    case ENOENT: .notFound(path: path)
    case EISDIR: .isAFolder(path: path)
    case let code: .notReadable(path: path, reason: Readable.systemError(code))
    }
  }
}

// MARK: - Writing

extension OpenFile {
  /// Opens a file for writing, with the given flags in addition to `O_WRONLY`.
  static func writing(_ path: String, named name: String, flags: Int32, mode: mode_t = 0o666)
    throws(FileError)
    -> OpenFile
  {
    let number = retrying { unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | flags, mode) }
    guard number >= 0 else { throw writeError(name) }
    return OpenFile(number: number, name: name, closesAtEnd: true)
  }

  /// Opens a new unnamed file, which disappears with the process unless ``giveName(_:)`` names it.
  ///
  /// - Returns: its descriptor; nil if the file system does not support unnamed files.
  static func unnamed(in folder: String) -> Int32? {
    // O_TMPFILE, a macro that Swift does not import.
    let temporary = 0o20_000_000 | O_DIRECTORY
    let number = retrying { unsafe Glibc.open(folder, O_WRONLY | O_CLOEXEC | temporary, 0o666) }
    guard number >= 0 else { return nil }
    guard fileStatus(link(to: number)) != nil else {
      _ = Glibc.close(number)
      return nil
    }
    return number
  }

  /// Links an unnamed file to a path at which there is no file yet.
  func giveName(_ path: String) throws(FileError) {
    guard unsafe linkat(AT_FDCWD, OpenFile.link(to: number), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    else { throw OpenFile.writeError(name) }
  }

  private static func link(to number: Int32) -> String { "/proc/self/fd/\(number)" }

  /// Writes all bytes at the given offset, or after those written so far.
  func write(_ bytes: RawSpan, at offset: Int? = nil) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      let rest = bytes.extracting(droppingFirst: done)
      let count = retrying {
        unsafe rest.withUnsafeBytes { bytes in
          guard let offset else { return unsafe Glibc.write(number, bytes.baseAddress, bytes.count) }
          return unsafe pwrite(number, bytes.baseAddress, bytes.count, off_t(offset + done))
        }
      }
      guard count >= 0 else { throw OpenFile.writeError(name) }
      done += count
    }
  }

  /// Cuts the file off after the given number of bytes, and continues writing there.
  func truncate(to size: Int) throws(FileError) {
    guard retrying({ ftruncate(number, off_t(size)) }) == 0, lseek(number, off_t(size), SEEK_SET) >= 0 else {
      throw OpenFile.writeError(name)
    }
  }

  /// Waits until the bytes are on the disk.
  func synchronize() throws(FileError) {
    // Pipes and devices cannot be synchronized, and do not need to be.
    guard retrying({ fsync(number) }) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw OpenFile.writeError(name)
  }

  static func writeError(_ path: String) -> FileError {
    // Saved first, since the checks below make system calls, too.
    let code = errno
    return switch code {
    case EISDIR: .isAFolder(path: path)
    case ENOENT where !folderExists(splitPath(path).folder), ENOTDIR:
      .notWritable(path: path, reason: "its folder does not exist; create it first")
    case ENOSPC, EDQUOT:
      .notWritable(path: path, reason: "the disk is full; free some space or choose another disk")
    case EFBIG:
      .notWritable(
        path: path,
        reason:
          "the file would exceed the greatest size allowed; raise the limit (ulimit -f), or choose another disk"
      )
    default: .notWritable(path: path, reason: Readable.systemError(code))
    }
  }
}

/// Repeats a system call until no signal interrupts it.
private func retrying<Count: SignedInteger>(_ call: () -> Count) -> Count {
  while true {
    let count = call()
    if count >= 0 || errno != EINTR { return count }
  }
}
