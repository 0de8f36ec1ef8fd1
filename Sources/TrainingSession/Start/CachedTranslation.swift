package import Files
import Foundation
import Translation

/// The translation of a file, which is made once: next to it lies a record of what it was made from.
///
/// Lines are written as they come. A translation that was interrupted continues after its last whole line.
package struct CachedTranslation {
  /// What a translation was made from, and how.
  package struct Record: Codable, Equatable {
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
    package internal(set) var lines: Int?

    package init(model: String, weights: String, source: String, tag: String?, beam: Int) {
      (self.model, self.weights, self.source) = (model, weights, source)
      (self.tag, self.beam) = (tag, beam)
    }
  }

  /// Where the translation is, or will be.
  let path: String
  private let source: String
  private var record: Record

  /// A translation of the file `source` at `path`, as `record` says.
  package init(_ source: String, to path: String, record: Record) {
    (self.source, self.path, self.record) = (source, path, record)
  }

  private var recordPath: String { Self.recordPath(path) }
  private var partial: String { "\(path).partial" }

  private static func recordPath(_ path: String) -> String { "\(path).json" }

  /// What the translation at `path` was made from; nil where there is none, or only a part of one.
  ///
  /// - Throws: `FileError` for a record that is damaged.
  package static func whole(_ path: String) throws(FileError) -> Record? {
    guard fileExists(path), fileExists(recordPath(path)) else { return nil }
    let found: Record = try readJSON(path: recordPath(path))
    return found.lines == nil ? nil : found
  }

  /// The record that lies there, if it is of this translation.
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

  /// Makes the translation, or what is missing of it.
  ///
  /// - Parameters:
  ///   - makeTranslator: reads the model; not called where nothing is missing.
  ///   - monitor: told how far it is.
  /// - Throws: what reading, translating and writing throw, and `CancellationError`; the lines that are written stay.
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

/// What translates a file line by line, in order.
package protocol LineTranslator {
  /// Translates the lines that a reader has left.
  ///
  /// - Parameters:
  ///   - reader: where the lines come from.
  ///   - take: gets the translations in order, some at a time; what it throws ends the work.
  /// - Throws: what reading, translating and `take` throw.
  func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws
}

extension Translator: LineTranslator {
  package func translate(linesOf reader: LineReader, _ take: ([String]) throws -> Void) throws {
    try translate(reader) { try take($0.map(\.text)) }
  }
}
