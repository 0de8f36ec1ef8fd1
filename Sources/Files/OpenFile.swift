import Formatting
import Glibc

/// A file descriptor that is closed when its owner goes: the module's way to the system's calls.
///
/// Every call is repeated when a signal interrupts it, and every failure carries the file's name.
struct OpenFile: ~Copyable {
  let number: Int32
  /// As messages name it; `standard input` for the path `-`.
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
  /// Opens a file to read, or takes standard input for `-`.
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

  /// The system's record of the file: kind, size, permissions.
  func status() throws(FileError) -> stat {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw OpenFile.readError(name) }
    return status
  }

  /// The bytes that the file holds.
  func size() throws(FileError) -> Int { Int(try status().st_size) }

  /// Reads what is there, at most to the end of `buffer`, and waits only while nothing is.
  ///
  /// - Returns: the bytes read; 0 at the end of the file.
  func read(into buffer: inout [UInt8], from start: Int = 0) throws(FileError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(
          number, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).baseAddress, bytes.count - start)
      }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      // A terminal that another process left in non-blocking mode.
      case EAGAIN: _ = isReadable(waitingMilliseconds: -1)
      default: throw OpenFile.readError(name)
      }
    }
  }

  /// Overwrites all elements of `numbers` by the file's bytes from the given offset on.
  func read<Number: BitwiseCopyable>(_ numbers: inout [Number], at offset: Int) throws(FileError) {
    var done = 0
    let size = numbers.count * MemoryLayout<Number>.stride
    while done < size {
      let count = retrying {
        unsafe numbers.withUnsafeMutableBytes { bytes in
          unsafe pread(number, bytes.baseAddress?.advanced(by: done), size - done, off_t(offset + done))
        }
      }
      guard count >= 0 else { throw OpenFile.readError(name) }
      guard count > 0 else {
        throw .notReadable(path: name, reason: "the file became shorter while it was read; try again")
      }
      done += count
    }
  }

  /// Bytes from the given offset on; the file must be long enough.
  func readBytes(count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try read(&bytes, at: offset)
    return bytes
  }

  /// Whether a read would return at once, be it with bytes or with the end of the file.
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
  /// Opens a file to write, with the given flags beside `O_WRONLY`.
  static func writing(_ path: String, named name: String, flags: Int32, mode: mode_t = 0o666)
    throws(FileError)
    -> OpenFile
  {
    let number = retrying { unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | flags, mode) }
    guard number >= 0 else { throw writeError(name) }
    return OpenFile(number: number, name: name, closesAtEnd: true)
  }

  /// Opens a new file without a name, which is gone with the process unless ``giveName(_:)`` keeps it.
  ///
  /// - Returns: its number; nil where the file system knows no such files.
  static func unnamed(in folder: String) -> Int32? {
    // The system's O_TMPFILE, a macro that Swift does not import.
    let temporary = 0o20_000_000 | O_DIRECTORY
    let number = retrying { unsafe Glibc.open(folder, O_WRONLY | O_CLOEXEC | temporary, 0o666) }
    guard number >= 0 else { return nil }
    guard fileStatus(link(to: number)) != nil else {
      _ = Glibc.close(number)
      return nil
    }
    return number
  }

  /// Makes a file that has no name appear at a path where nothing stands.
  func giveName(_ path: String) throws(FileError) {
    guard unsafe linkat(AT_FDCWD, OpenFile.link(to: number), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    else { throw OpenFile.writeError(name) }
  }

  private static func link(to number: Int32) -> String { "/proc/self/fd/\(number)" }

  /// Writes all bytes: at the given offset, or behind those written so far.
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

  /// Waits until the bytes are on the disk.
  func synchronize() throws(FileError) {
    // Pipes and devices cannot be synchronized, and need not be.
    guard retrying({ fsync(number) }) != 0, errno != EINVAL, errno != EROFS, errno != ENOTSUP else { return }
    throw OpenFile.writeError(name)
  }

  static func writeError(_ path: String) -> FileError {
    // Taken first: the checks below make calls of their own.
    let code = errno
    return switch code {
    case EISDIR: .isAFolder(path: path)
    case ENOENT where !folderExists(splitPath(path).folder), ENOTDIR:
      .notWritable(path: path, reason: "its folder does not exist; create it first")
    case ENOSPC, EDQUOT:
      .notWritable(path: path, reason: "the disk is full; free some space or choose another disk")
    default: .notWritable(path: path, reason: Readable.systemError(code))
    }
  }
}

/// Repeats a system call for as long as signals interrupt it.
private func retrying<Count: SignedInteger>(_ call: () -> Count) -> Count {
  while true {
    let count = call()
    if count >= 0 || errno != EINTR { return count }
  }
}
