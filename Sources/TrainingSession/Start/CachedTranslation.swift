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
    /// Lines that are blank because their translation did not end; nil in records of earlier versions.
    package internal(set) var endless: Int?

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
    (asked.lines, asked.endless) = (found.lines, found.endless)
    // The model may have moved.
    asked.model = found.model
    return found == asked ? found : nil
  }

  /// Makes the translation, or the rest of it.
  ///
  /// - Parameters:
  ///   - makeTranslator: reads the model; not called if nothing is missing.
  ///   - monitor: receives the progress.
  /// - Returns: the record of the whole translation.
  /// - Throws: errors of reading, translating and writing, or `CancellationError`; lines already written are kept.
  @discardableResult
  package func make(
    _ makeTranslator: () throws -> any LineTranslator, _ monitor: SessionMonitor
  ) throws -> Record {
    let before = try found()
    if let before, before.lines != nil, fileExists(path) {
      monitor.note(.translationFound(path: path, source: source))
      note(before, monitor)
      return before
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
    (whole.lines, whole.endless) = (lines.count, try countEndless())
    try writeJSON(whole, path: recordPath)
    note(whole, monitor)
    return whole
  }

  private func note(_ record: Record, _ monitor: SessionMonitor) {
    guard let lines = record.lines, let endless = record.endless, endless > 0 else { return }
    monitor.note(.endlessTranslations(endless, of: lines, source: source))
  }

  /// The number of blank lines of the translation whose sources are not blank.
  private func countEndless() throws -> Int {
    let (sources, translations) = (try LineReader(path: source), try LineReader(path: path))
    var count = 0
    while let source = try sources.next(), let translation = try translations.next() {
      if translation.isEmpty, !isBlank(source[...]) { count += 1 }
    }
    return count
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
  ///   - take: receives the translations in order, some at a time, empty where a translation did not end; an error that
  ///     it throws ends the work.
  /// - Throws: errors of reading and translating, and those of `take`.
  func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws
}

extension Translator: LineTranslator {
  package func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws {
    // A blank line is not trained on: a model that learns endless repetitions repeats itself, too.
    try translate(reader) { results in
      try take(results.map { $0.alternatives.first?.reachedLimit ?? true ? "" : $0.text })
    }
  }
}
