internal import CProcessors
import Glibc

/// All bytes of a file in memory: mapped, or read if the file cannot be mapped.
///
/// Mapped bytes are read from the disk when they are touched. They take memory only in the system's cache of files, which
/// all processes share and which is freed when memory is short. But they are those of the file at any time: a program
/// that changes the file in place changes them, and one that cuts it off ends this process with SIGBUS when it touches
/// what is gone. A file that is replaced by renaming, as ``AtomicFile`` does it, stays as it was until it is released.
/// Files of network and user-space file systems are read, since their connection may fail at any time.
///
/// - Safety: `@unchecked Sendable`: the memory is never written after `init`.
@safe package final class FileContents: @unchecked Sendable {
  /// The first byte, aligned to at least 64 bytes; valid as long as this object.
  @unsafe package let start: UnsafeRawPointer
  /// The size of the file in bytes.
  package let count: Int
  /// Whether the file is mapped.
  package let isMapped: Bool

  /// Maps or reads a file.
  ///
  /// - Parameters:
  ///   - file: an open file.
  ///   - count: its size in bytes.
  ///   - mayMap: whether it may be mapped.
  /// - Throws: ``FileError`` if reading fails.
  init(_ file: borrowing OpenFile, count: Int, mayMap: Bool) throws(FileError) {
    self.count = count
    if mayMap, let start = unsafe memory_map_file(file.number, Int64(count)) {
      unsafe (self.start, isMapped) = (start, true)
    } else {
      unsafe (start, isMapped) = (try readAll(file, count), false)
    }
  }

  /// Maps or reads the file at a path.
  ///
  /// - Parameters:
  ///   - path: a regular file.
  ///   - mayMap: whether it may be mapped.
  /// - Throws: ``FileError`` if it is not a regular file, or reading fails.
  package convenience init(path: String, mayMap: Bool = true) throws(FileError) {
    let file = try OpenFile.reading(path)
    let status = try file.status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notReadable(path: file.name, reason: "it is no regular file; save its bytes in one first")
    }
    try self.init(file, count: Int(status.st_size), mayMap: mayMap)
  }

  /// A copy of bytes that are in memory already.
  package init(copying bytes: [UInt8]) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 64)
    unsafe memory.copyMemory(from: bytes, byteCount: bytes.count)
    unsafe (start, count, isMapped) = (UnsafeRawPointer(memory), bytes.count, false)
  }

  deinit {
    if isMapped { unsafe memory_unmap_file(start, Int64(count)) } else { unsafe start.deallocate() }
  }

  /// The checksum of all bytes, in the form of ``fileSum(path:)``.
  package var checksum: String {
    var sum = Checksum()
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
    unsafe sum.add(bytes.bytes)
    return Checksum.kind + sum.digits
  }
}

/// Reads a whole file into new memory.
private func readAll(_ file: borrowing OpenFile, _ count: Int) throws(FileError) -> UnsafeRawPointer {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 64)
  do throws(FileError) {
    try unsafe file.read(UnsafeMutableRawBufferPointer(start: memory, count: count), at: 0)
  } catch {
    unsafe memory.deallocate()
    throw error
  }
  return UnsafeRawPointer(memory)
}
