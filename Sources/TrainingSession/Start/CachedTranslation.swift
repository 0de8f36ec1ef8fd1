package import Files
import Foundation
import Translation

/// The translation of a file, made only once.
///
/// A record next to it says what it was made from. Lines are written as they are translated; an interrupted translation
/// continues after its last complete line.
package struct CachedTranslation {
  /// What a translation was made from, and how.
  package struct Record: Codable, Equatable {
    /// The model's folder.
    var model: String
    /// A checksum of its weights.
    var weights: String
    /// A checksum of the source's lines.
    var source: String
    /// The tag put before each line; nil if lines have their own tags, or none.
    var tag: String?
    var beam: Int
    /// Number of lines of a complete translation; nil until it is complete.
    package internal(set) var lines: Int?

    package init(model: String, weights: String, source: String, tag: String?, beam: Int) {
      (self.model, self.weights, self.source) = (model, weights, source)
      (self.tag, self.beam) = (tag, beam)
    }
  }

  /// Path of the translation.
  let path: String
  private let source: String
  private var record: Record

  /// A translation of the file `source`, written to `path`, as described by `record`.
  package init(_ source: String, to path: String, record: Record) {
    (self.source, self.path, self.record) = (source, path, record)
  }

  private var recordPath: String { Self.recordPath(path) }
  private var partial: String { "\(path).partial" }

  private static func recordPath(_ path: String) -> String { "\(path).json" }

  /// What the translation at `path` was made from; nil if there is none or it is incomplete.
  ///
  /// - Throws: `FileError` for a damaged record.
  package static func whole(_ path: String) throws(FileError) -> Record? {
    guard fileExists(path), fileExists(recordPath(path)) else { return nil }
    let found: Record = try readJSON(path: recordPath(path))
    return found.lines == nil ? nil : found
  }

  /// The record at that path, if it is of this translation.
  ///
  /// - Throws: `FileError` for a damaged record.
  private func found() throws(FileError) -> Record? {
    guard fileExists(recordPath) else { return nil }
    let found: Record = try readJSON(path: recordPath)
    var asked = record
    asked.lines = found.lines
    // The model may have moved.
    asked.model = found.model
    return found == asked ? found : nil
  }

  /// Makes the translation, or the rest of it.
  ///
  /// - Parameters:
  ///   - makeTranslator: reads the model; not called if nothing is missing.
  ///   - monitor: receives the progress.
  /// - Throws: errors of reading, translating and writing, or `CancellationError`; lines already written are kept.
  package func make(_ makeTranslator: () throws -> any LineTranslator, _ monitor: SessionMonitor) throws {
    let before = try found()
    if let before, before.lines != nil, fileExists(path) {
      return monitor.note(.translationFound(path: path, source: source))
    }
    if before == nil {
      try? FileManager.default.removeItem(atPath: partial)
      try writeJSON(record, path: recordPath)
    }
    let translator = try makeTranslator()
    let lines = try PartialLines(path: partial)
    if lines.count > 0 { monitor.note(.translationContinued(source: source, line: lines.count)) }
    try translate(by: translator, to: lines, monitor)
    try moveFile(partial, to: path)
    var whole = record
    whole.lines = lines.count
    try writeJSON(whole, path: recordPath)
  }

  private func translate(
    by translator: any LineTranslator, to lines: PartialLines, _ monitor: SessionMonitor
  ) throws {
    var total = 0
    let counter = try LineReader(path: source)
    while try counter.next() != nil { total += 1 }
    let reader = try LineReader(path: source)
    for _ in 0..<lines.count { _ = try reader.next() }
    let before = lines.count
    try translator.translate(linesOf: reader) { texts in
      try lines.append(texts)
      monitor.prepare(.translating(path: source), lines.count, of: total, doneBefore: before)
      try monitor.checkCancellation()
    }
    try lines.synchronize()
  }
}

/// Translates a file line by line, in order.
package protocol LineTranslator {
  /// Translates the remaining lines of a reader.
  ///
  /// - Parameters:
  ///   - reader: the source of the lines.
  ///   - take: receives the translations in order, some at a time; an error that it throws ends the work.
  /// - Throws: errors of reading and translating, and those of `take`.
  func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws
}

extension Translator: LineTranslator {
  package func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws {
    try translate(reader) { try take($0.map(\.text)) }
  }
}
