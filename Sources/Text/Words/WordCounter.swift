public import Files
internal import Machine

/// Counts the words of files, in lines that are prepared like in a pipeline with the same settings.
public struct WordCounter: Sendable {
  /// A place in a file.
  public struct Place: Sendable, Equatable {
    /// The file.
    public let path: String
    /// The line, counted from 1.
    public let line: Int
  }

  /// The words counted so far.
  public private(set) var counts = WordCounts()
  /// Lines read so far.
  public private(set) var lines = 0
  /// Lines that were not valid UTF-8; their invalid bytes were replaced with U+FFFD.
  public private(set) var repaired: [Place] = []
  /// The first lines, unchanged.
  public private(set) var samples: [[UInt8]] = []

  /// The mean number of sentences on a line; nil if there is no text yet.
  public var sentencesPerLine: Double? { sentences.mean }

  /// Words and lines that are longer than the limits.
  public private(set) var tooLong = LearningLimits.Excess()

  private let limits: LearningLimits
  private let split: WordSplitter
  private let sentenceSplitter: SentenceSplitter
  private var sentences = SentencesPerLine()
  /// The tags with which lines can begin, which are not words.
  private let tags: Vocabulary
  private let threads: Int

  /// Bytes of text that a thread prepares before its counts are merged; large, so that merging takes little time.
  private static let bytesPerThread = 4 << 20
  private static let maximalSamples = 200

  /// A counter for one side of a pipeline.
  ///
  /// - Parameters:
  ///   - settings: how lines become words.
  ///   - side: the side, which determines the language.
  ///   - limits: what is too long to be counted.
  ///   - threads: number of threads that prepare lines, at least 1; does not change the result.
  public init(
    settings: TextPipelineSettings, side: TextPipeline.Side, limits: LearningLimits = LearningLimits(),
    threads: Int
  ) {
    self.limits = limits
    split = settings.makeWordSplitter(side)
    sentenceSplitter = SentenceSplitter(language: settings.language(side), isTokenized: settings.isTokenized)
    tags = Vocabulary(tags: side == .source ? settings.tags : [])
    self.threads = max(1, threads)
  }

  /// Counts the words of a file.
  ///
  /// - Parameters:
  ///   - path: a file, plain or gzip, or `-` for standard input.
  ///   - leftOut: lines to ignore, counted from 1.
  ///   - progress: called now and then with the number of lines read so far, of all files.
  /// - Throws: `FileError` if the file cannot be read.
  public mutating func add(
    path: String, leavingOut leftOut: Set<Int> = [], progress: (Int) -> Void = { _ in }
  ) throws(FileError) {
    let reader = try LineReader(path: path)
    while true {
      let first = reader.lineNumber
      let lines = try nextLines(from: reader, leavingOut: leftOut)
      guard !lines.isEmpty else { return }
      add(lines, of: reader.name, after: first)
      progress(self.lines)
    }
  }

  /// Counts the words of lines.
  ///
  /// - Parameters:
  ///   - lines: consecutive lines of a file.
  ///   - path: the name of the file.
  ///   - first: the number of lines before them.
  mutating func add(_ lines: [[UInt8]], of path: String, after first: Int) {
    let count = min(threads, lines.count)
    let parts = (0..<count).map { lines[$0 * lines.count / count..<($0 + 1) * lines.count / count] }
    let starts = parts.map { first + $0.startIndex }
    let counted = concurrentMap(Array(zip(parts, starts)), threads: max(1, count)) { [self] in
      self.count($0.0, from: $0.1)
    }
    var number = first
    for (part, result) in zip(parts, counted) {
      counts.add(result.counts)
      sentences.add(result.sentences)
      tooLong.words += result.tooLong.words
      tooLong.lines += result.tooLong.lines
      repaired += result.repaired.map { Place(path: path, line: number + $0 + 1) }
      number += part.count
    }
    samples += lines.prefix(Self.maximalSamples - samples.count)
    self.lines += lines.count
  }

  /// Bytes of text to be counted at once.
  var bytesAtOnce: Int { threads * Self.bytesPerThread }

  /// The next lines of a file.
  private func nextLines(from reader: LineReader, leavingOut leftOut: Set<Int>) throws(FileError) -> [[UInt8]]
  {
    var lines: [[UInt8]] = []
    var bytes = 0
    while bytes < bytesAtOnce, let line = try reader.next() {
      lines.append(leftOut.contains(reader.lineNumber) ? [] : line)
      bytes += line.count + 1
    }
    return lines
  }

  /// Whether anything can be too long.
  public var hasLimits: Bool { limits != LearningLimits() }

  /// What was found in a part of a file.
  private struct Part: Sendable {
    var counts = WordCounts()
    var sentences = SentencesPerLine()
    var tooLong = LearningLimits.Excess()
    /// The indices of lines that were not valid UTF-8.
    var repaired: [Int] = []
  }

  /// Counts what is in lines.
  ///
  /// - Parameters:
  ///   - lines: a part of a file.
  ///   - start: the index in the file of the first line.
  /// - Returns: counts and findings.
  private func count(_ lines: ArraySlice<[UInt8]>, from start: Int) -> Part {
    var part = Part()
    for (index, line) in lines.enumerated() {
      var line = line
      if repairUTF8(&line) { part.repaired.append(index) }
      guard limits.accepts(line: line) else {
        part.tooLong.lines += 1
        continue
      }
      if !tags.tagIDs.isEmpty { line = Array(tags.cutTag(off: line).text) }
      part.tooLong.words += part.counts.add(line: split(line), limits: limits)
      if start + index < SentencesPerLine.examinedLines { part.sentences.add(line, sentenceSplitter) }
    }
    return part
  }
}
