import Formatting
import Glibc

/// A folder that one process has for itself.
///
/// The lock is the system's and ends with the process, however it ends; the file that it is on says who has it. File
/// systems without locks, which some networks have, are used without one.
package final class FolderLock: Sendable {
  private static let name = ".lock"

  private let file: OpenFile
  private let path: String

  private init(_ file: consuming OpenFile, path: String) {
    self.file = file
    self.path = path
  }

  deinit {
    // Still locked: whoever opened the file in the meantime sees that it is gone and makes another.
    _ = unsafe unlink(path)
  }

  /// Takes an existing folder.
  ///
  /// - Throws: ``FolderInUse`` if another process has it, or ``FileError`` if nothing can be written to it.
  package static func take(_ folder: String) throws -> FolderLock {
    let path = "\(folder)/\(name)"
    while true {
      let number = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard number >= 0 else { throw OpenFile.writeError(path) }
      let file = OpenFile(number: number, name: path, closesAtEnd: true)
      if flock(number, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        throw FolderInUse(folder: folder, holder: holder(path))
      }
      guard isStill(number, at: path) else { continue }
      _ = ftruncate(number, 0)
      try? file.write(unsafe Array(thisProcess.utf8).span.bytes, at: 0)
      return FolderLock(file, path: path)
    }
  }

  /// Whether the file was not removed between opening and locking it.
  private static func isStill(_ number: Int32, at path: String) -> Bool {
    var opened = stat()
    guard unsafe fstat(number, &opened) == 0, let present = fileStatus(path) else { return false }
    return opened.st_ino == present.st_ino && opened.st_dev == present.st_dev
  }

  private static var thisProcess: String {
    let command = CommandLine.arguments.first.map { splitPath($0).name } ?? ""
    return "\(getpid())\n\(command)\n\(hostName())\n"
  }

  /// Who has the lock; nil if that is not known yet.
  private static func holder(_ path: String) -> FolderInUse.Holder? {
    guard let bytes = try? readFile(path: path) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, let process = Int32(lines[0]) else { return nil }
    return FolderInUse.Holder(
      process: process, command: String(lines[1]), host: lines[2] == hostName() ? nil : String(lines[2]))
  }
}

/// A folder that another process has for itself.
public struct FolderInUse: Error, Equatable, CustomStringConvertible {
  /// The process that has it.
  public struct Holder: Sendable, Equatable {
    /// Its number.
    public let process: Int32
    /// Its name.
    public let command: String
    /// Its machine; nil if it is this one.
    public let host: String?
  }

  /// The folder.
  public let folder: String
  /// Who has it; nil if that is not known.
  public let holder: Holder?

  /// Who has the folder, and what to do.
  public var description: String {
    guard let holder else {
      return "folder '\(folder)' is in use by another process; wait for its end, or choose another folder"
    }
    let who = "process \(holder.process)" + (holder.command.isEmpty ? "" : " (\(holder.command))")
    guard let host = holder.host else {
      return "folder '\(folder)' is in use by \(who); wait for its end, stop it (kill \(holder.process)), "
        + "or choose another folder"
    }
    return "folder '\(folder)' is in use by \(who) on \(host); wait for its end, or choose another folder"
  }
}

private func hostName() -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
}
