import Files
import Foundation
import Reporting
import Translation

/// The translation of a file, which is made once: beside it lies a record of what it was made from.
///
/// Lines are written as they come. Who is interrupted goes on behind the last whole line.
struct CachedTranslation {
  /// What a translation was made from, and how.
  struct Record: Codable, Equatable {
    /// The model's folder.
    var model: String
    /// A checksum of its weights.
    var weights: String
    /// A checksum of the source's lines.
    var source: String
    /// The tag before each line; nil where lines have tags of their own, or none.
    var tag: String?
    var beam: Int
    /// Lines of a translation that is whole; nil until it is.
    var lines: Int?
  }

  /// Where the translation is, or will be.
  let path: String
  private let source: String
  private var record: Record

  /// A translation of the file `source` at `path`, as `record` says.
  init(_ source: String, to path: String, record: Record) {
    (self.source, self.path, self.record) = (source, path, record)
  }

  private var recordPath: String { Self.recordPath(path) }
  private var partial: String { "\(path).partial" }

  private static func recordPath(_ path: String) -> String { "\(path).json" }

  /// What the translation at `path` was made from; nil where there is none, or only a part of one.
  ///
  /// - Throws: `FileError` for a record that is damaged.
  static func whole(_ path: String) throws(FileError) -> Record? {
    guard fileExists(path), fileExists(recordPath(path)) else { return nil }
    let found: Record = try readJSON(path: recordPath(path))
    return found.lines == nil ? nil : found
  }

  /// What lies there: nil where nothing does that this record could be of.
  ///
  /// - Throws: `FileError` for a record that is damaged.
  private func found() throws(FileError) -> Record? {
    guard fileExists(recordPath) else { return nil }
    let found: Record = try readJSON(path: recordPath)
    var asked = record
    asked.lines = found.lines
    // The model may have moved.
    asked.model = found.model
    return found == asked ? found : nil
  }

  /// Makes the translation, or as much of it as there is not yet.
  ///
  /// - Parameters:
  ///   - makeTranslator: reads the model; not called where all is there.
  ///   - say: takes what a person should know.
  /// - Returns: what it was made from.
  /// - Throws: what reading, translating and writing throw; the lines that are written stay.
  func make(_ makeTranslator: () throws -> Translator, say: (String) -> Void) throws -> Record {
    let before = try found()
    if let before, before.lines != nil, fileExists(path) {
      say("using '\(path)', the translation of '\(source)' that is there already")
      return before
    }
    if before == nil {
      try? FileManager.default.removeItem(atPath: partial)
      try writeJSON(record, path: recordPath)
    }
    let translator = try makeTranslator()
    let lines = try PartialLines(path: partial)
    if lines.count > 0 { say("going on with the translation of '\(source)' behind line \(lines.count)") }
    try translate(by: translator, to: lines)
    try moveFile(partial, to: path)
    var whole = record
    whole.lines = lines.count
    try writeJSON(whole, path: recordPath)
    return whole
  }

  private func translate(by translator: Translator, to lines: PartialLines) throws {
    var total = 0
    let counter = try LineReader(path: source)
    while try counter.next() != nil { total += 1 }
    let reader = try LineReader(path: source)
    for _ in 0..<lines.count { _ = try reader.next() }
    let bar = ProgressBar("line", total: total, doneBefore: lines.count)
    defer { bar.finish() }
    try translator.translate(reader) { results in
      try lines.append(results.map { $0.text })
      bar.update(lines.count, "translating the training text")
    }
    try lines.synchronize()
  }
}

/// A text file that grows by whole lines.
private final class PartialLines {
  /// Lines that are there.
  private(set) var count: Int
  private let path: String
  private let handle: FileHandle

  /// The file at `path`, without what follows its last whole line; an empty one where there is none.
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
