package import Files
internal import FoundationEssentials
internal import Glibc

/// An event file that a running TensorBoard reads while it grows.
package final class EventFile {
  /// Its path.
  package let path: String
  private let file: AppendedFile

  /// Creates the file, which continues those that its folder holds.
  ///
  /// - Parameters:
  ///   - folder: an existing folder.
  ///   - step: the first step that it will have; a reader forgets this and later ones of earlier files.
  ///   - wallTime: seconds since 1970.
  /// - Throws: `FileError` if it cannot be written.
  package init(folder: String, from step: Int, wallTime: Double) throws(FileError) {
    path = "\(folder)/\(Self.freeName(in: folder, wallTime: wallTime))"
    file = try AppendedFile(path: path)
    try append(Event(wallTime: wallTime, .version))
    try restart(at: step, wallTime: wallTime)
  }

  /// Makes readers forget a step and all later ones.
  ///
  /// - Throws: `FileError` if the file cannot be written.
  package func restart(at step: Int, wallTime: Double) throws(FileError) {
    try append(Event(wallTime: wallTime, step: step, .start))
  }

  /// Adds an event, which readers see at once.
  ///
  /// - Throws: `FileError` if the file cannot be written.
  package func append(_ event: Event) throws(FileError) { try file.append(eventRecord(event.bytes)) }

  /// `events.out.tfevents.<seconds>.<host>.<process>.v2`, with more seconds than the files before.
  ///
  /// Readers take the files of a folder in the order of their names.
  private static func freeName(in folder: String, wallTime: Double) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let before = names.compactMap { name in
      name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count).prefix { $0 != "." }) : nil
    }
    let newest = before.max().map { min($0, Int.max - 1) + 1 } ?? 0
    let seconds = String(max(Int(wallTime), newest))
    let zeros = String(repeating: "0", count: max(0, 10 - seconds.count))
    let host = ProcessInfo.processInfo.hostName.filter { $0 != "/" }
    return "\(prefix)\(zeros)\(seconds).\(host).\(getpid()).v2"
  }

  private static let prefix = "events.out.tfevents."
}
