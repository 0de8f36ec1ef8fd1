import Files
import Foundation

/// A text file that grows by whole lines.
final class PartialLines {
  /// Number of complete lines.
  private(set) var count: Int
  private let path: String
  private let handle: FileHandle

  /// Opens the file at `path` and drops anything after its last complete line; creates an empty file if there is none.
  ///
  /// - Throws: `FileError`.
  init(path: String) throws(FileError) {
    self.path = path
    let contents = fileExists(path) ? try readFile(path: path) : []
    count = contents.count { $0 == newline }
    if contents.isEmpty { try writeFileAtomically(path: path, contents: []) }
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw FileError.notWritable(path: path, reason: "the file cannot be opened")
    }
    self.handle = handle
    let length = contents.lastIndex(of: newline).map { $0 + 1 } ?? 0
    do {
      try handle.truncate(atOffset: UInt64(length))
      try handle.seekToEnd()
    } catch {
      throw FileError.notWritable(path: path, reason: "\(error.localizedDescription)")
    }
  }

  /// Appends lines, each with a newline.
  func append(_ lines: [String]) throws(FileError) {
    let text = lines.map { $0 + "\n" }.joined()
    do { try handle.write(contentsOf: Data(text.utf8)) } catch {
      throw FileError.notWritable(path: path, reason: "\(error.localizedDescription)")
    }
    count += lines.count
  }

  /// Waits until everything is on the disk.
  func synchronize() throws(FileError) {
    do { try handle.synchronize() } catch {
      throw FileError.notWritable(path: path, reason: "\(error.localizedDescription)")
    }
  }
}

private let newline = UInt8(ascii: "\n")
