import Files
import ModelFolders
import Text
import TextAlignment
import WordAlignment

/// Word alignments of the training text, made once and kept in the model folder.
///
/// They are written all together with a record of the text that they were made from, or not at all.
struct AutomaticAlignment {
  /// The entry in `training.json`.
  struct Manifest: Codable, Equatable {
    /// The model, and how the links of both directions were combined.
    var method: String
    /// Pairs of lines.
    var pairs: Int
    /// The pairs that were learned from.
    var learned: Int
  }

  /// What the alignments were made from.
  private struct Record: Codable, Equatable {
    struct File: Codable, Equatable {
      var source: String
      var target: String
      var tag: String?
    }
    var files: [File]
    /// Checksums of the vocabulary, which says what a word is, by the names of its files.
    var vocabulary: [String: String]
    var manifest: Manifest
    /// Checksums of the alignments.
    var alignments: [String]
  }

  private static let method = "IBM model 2 with a diagonal prior, grow-diag-final-and"

  let settings: AlignmentSettings
  /// The training text, with the paths of its alignments.
  let files: [TextFiles]
  let pipeline: TextPipeline
  /// The folder that the vocabulary was read from.
  let vocabularyFolder: String
  let threads: Int

  private var recordPath: String { "\(settings.folder)/record.json" }
  private var paths: [String] { files.compactMap(\.alignment) }

  /// Makes the alignments, unless they are there.
  ///
  /// - Parameter monitor: receives the progress.
  /// - Returns: the entry for `training.json`.
  /// - Throws: errors of files and of text that cannot be aligned, or `CancellationError`; nothing is written then.
  func run(_ monitor: SessionMonitor) throws -> Manifest {
    let (text, vocabulary) = (try checksums(), try vocabularyChecksums())
    if let found = try found(), found.files == text, found.vocabulary == vocabulary,
      found.manifest.method == Self.method
    {
      monitor.note(.alignmentsFound(folder: settings.folder))
      return found.manifest
    }
    try createFolder(settings.folder)
    let alignment = try TextAlignment(
      files.map {
        FilesToAlign(
          source: $0.source, target: $0.target, words: AlignedWords(pipeline, readsTags: $0.tag == nil))
      },
      threads: threads
    ) { try show($0, monitor) }
    var outputs: [AtomicFile] = []
    for (index, path) in paths.enumerated() {
      let output = try AtomicFile(path: path, isSummed: true)
      try alignment.forEachPart(
        of: index, by: .growDiagFinalAnd, progress: { try show($0, monitor) }, output.write)
      outputs.append(output)
    }
    let manifest = Manifest(method: Self.method, pairs: alignment.count, learned: alignment.learned)
    let record = Record(
      files: text, vocabulary: vocabulary, manifest: manifest, alignments: outputs.compactMap(\.checksum))
    let contents = try jsonContents(record, path: recordPath)
    // The record last: what it describes is there.
    try commitTogether(outputs + [stagedFile(path: recordPath, contents: contents)])
    monitor.note(.aligned(pairs: alignment.count, folder: settings.folder))
    return manifest
  }

  /// The record of whole alignments that are there; nil if there are none, or others.
  private func found() throws(FileError) -> Record? {
    guard fileExists(recordPath), let record = try? readJSON(Record.self, path: recordPath),
      record.alignments.count == paths.count
    else { return nil }
    for (path, sum) in zip(paths, record.alignments) {
      guard fileExists(path), try fileSum(path: path) == sum else { return nil }
    }
    return record
  }

  private func checksums() throws(FileError) -> [Record.File] {
    var result: [Record.File] = []
    for file in files {
      result.append(
        Record.File(
          source: try fileChecksum(path: file.source), target: try fileChecksum(path: file.target),
          tag: file.tag))
    }
    return result
  }

  private func vocabularyChecksums() throws(FileError) -> [String: String] {
    var result: [String: String] = [:]
    for name in TextPipeline.fileNames where fileExists("\(vocabularyFolder)/\(name)") {
      result[name] = try fileChecksum(path: "\(vocabularyFolder)/\(name)")
    }
    return result
  }

  private func show(_ phase: AlignmentPhase, _ monitor: SessionMonitor) throws {
    switch phase {
    case .reading(let lines): monitor.prepare(.readingToAlign, lines)
    case .learning(let iterations, let total): monitor.prepare(.learningAlignments, iterations, of: total)
    case .aligning(let lines, let total): monitor.prepare(.aligning, lines, of: total)
    }
    try monitor.checkCancellation()
  }
}
