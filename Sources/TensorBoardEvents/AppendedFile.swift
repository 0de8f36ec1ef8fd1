package import Files
internal import Formatting
internal import Glibc

/// A file to whose end bytes are added at once, so that others can read them while it grows.
package final class AppendedFile {
  private let path: String
  private let number: Int32

  /// Opens a file, and creates it if there is none.
  ///
  /// - Throws: `FileError` if the system refuses.
  package init(path: String) throws(FileError) {
    self.path = path
    number = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    if number < 0 { throw .notWritable(path: path, reason: Readable.systemError(errno)) }
  }

  deinit { _ = close(number) }

  /// Adds bytes, all or none.
  ///
  /// - Throws: `FileError`, such as for a full disk; the file is then as before.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    let before = lseek(number, 0, SEEK_END)
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes[done...].withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
      guard written < 0 else {
        done += written
        continue
      }
      let code = errno
      if code == EINTR { continue }
      // Half a record would hide all that follow it.
      if before >= 0 { _ = ftruncate(number, before) }
      throw .notWritable(
        path: path, reason: code == ENOSPC ? "the disk is full" : Readable.systemError(code))
    }
  }
}
