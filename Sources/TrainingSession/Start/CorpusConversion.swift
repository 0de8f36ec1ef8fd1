import CorpusFormats
import Files
import Foundation

/// A translation memory, catalog or other such file as two aligned text files, made only once.
///
/// Everything that reads text more than once, such as the preset `auto`, reads these. A record next to them says what they
/// were made from.
package struct CorpusConversion: Sendable, Equatable {
  /// What the text was made from.
  package struct Record: Codable, Equatable, Sendable {
    /// The file.
    package var file: String
    /// A checksum of its contents.
    package var checksum: String
    /// The languages that were asked for; empty for those of the file.
    package var sourceLanguage: String
    package var targetLanguage: String
    package var keepsTags: Bool
    /// Number of pairs.
    package var pairs = 0
    /// What was read and left out, for people.
    package var report: [String] = []

    private enum CodingKeys: String, CodingKey {
      case file, checksum, pairs, report
      case sourceLanguage = "source_language"
      case targetLanguage = "target_language"
      case keepsTags = "keeps_tags"
    }
  }

  /// The file to convert.
  package let file: String
  /// Paths of the text.
  package let source, target: String
  private let recordPath: String
  private let keepsTags: Bool

  /// A conversion.
  ///
  /// - Parameters:
  ///   - file: the file to convert.
  ///   - path: the path of the text, without the endings of its files.
  ///   - keepsTags: whether the code of formatting tags is part of the text.
  package init(_ file: String, to path: String, keepsTags: Bool) {
    (self.file, self.keepsTags) = (file, keepsTags)
    (source, target, recordPath) = ("\(path).source.txt", "\(path).target.txt", "\(path).json")
  }

  /// Converts the file, unless that has been done.
  ///
  /// - Parameters:
  ///   - languages: codes of the languages; empty for those of the file.
  ///   - isResumed: whether the training is resumed, which needs the text but not the file.
  ///   - monitor: receives the progress.
  /// - Returns: the record.
  /// - Throws: errors of reading and writing, or `CancellationError`; nothing is then left.
  package func run(
    _ languages: (source: String, target: String), isResumed: Bool, _ monitor: SessionMonitor
  ) throws -> Record {
    let before = try found()
    if isResumed, let before, !fileExists(file) { return note(before, monitor) }
    var record = Record(
      file: file, checksum: try fileChecksum(path: file), sourceLanguage: languages.source,
      targetLanguage: languages.target, keepsTags: keepsTags)
    if let before {
      (record.pairs, record.report) = (before.pairs, before.report)
      // The file may have moved.
      record.file = before.file
      if record == before { return note(before, monitor) }
      record.file = file
    }
    try? FileManager.default.removeItem(atPath: recordPath)
    let outputs = (try AtomicFile(path: source), try AtomicFile(path: target))
    var pairs = try CorpusPairs(
      path: file, sourceLanguage: languages.source, targetLanguage: languages.target, keepsTags: keepsTags)
    while let pair = try pairs.next() {
      try outputs.0.write(pair.source + "\n")
      try outputs.1.write(pair.target + "\n")
      if pairs.summary.pairs % 4096 == 0 {
        monitor.prepare(.converting(path: file), pairs.summary.pairs)
        try monitor.checkCancellation()
      }
    }
    try commitTogether([outputs.0, outputs.1])
    (record.pairs, record.report) = (pairs.summary.pairs, pairs.report)
    try writeJSON(record, path: recordPath)
    return note(record, monitor)
  }

  /// The record of text that is there; nil for none.
  private func found() throws(FileError) -> Record? {
    guard fileExists(recordPath), fileExists(source), fileExists(target) else { return nil }
    return try readJSON(path: recordPath)
  }

  private func note(_ record: Record, _ monitor: SessionMonitor) -> Record {
    monitor.note(.converted(report: record.report))
    return record
  }
}
