import Files
import Machine
import Text

/// The tokens that a starting model's vocabulary gets in addition to its own.
struct VocabularyAddition {
  /// The entry in `training.json` and in the record of the starting model.
  struct Record: Codable, Equatable {
    /// The files, tags, `auto` and marks that were asked for.
    var asked: [String]
    /// How often a character must occur for `auto`.
    var minimumCount: Int
    /// The tokens that were added to each side; those of a shared vocabulary are on both.
    var source: [String] = []
    var target: [String] = []

    init(_ request: StartRequest) {
      asked = request.extendTags + request.extendVocabulary + request.extendMarks.names
      minimumCount = request.extendCount
    }

    private enum CodingKeys: String, CodingKey {
      case asked, source, target
      case minimumCount = "minimum_count"
    }
  }

  /// Tags, marks, and the tokens of files.
  let given: VocabularyExtension

  /// Reads the files with tokens, one on each line.
  ///
  /// - Throws: `FileError`.
  init(_ request: StartRequest) throws {
    var tokens: [String] = []
    for path in request.extendVocabulary where path != StartRequest.automatic {
      let reader = try LineReader(path: path)
      while let line = try reader.next() {
        guard isUTF8(line) else {
          throw FileError.invalidFormat(
            path: path, place: "line \(reader.lineNumber)", found: "bytes that are not UTF-8",
            expected: "a token", hint: "convert the file to UTF-8")
        }
        let token = String(decoding: line, as: UTF8.self)
        guard !token.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { continue }
        guard !token.unicodeScalars.contains(where: \.properties.isWhitespace) else {
          throw FileError.invalidFormat(
            path: path, place: "line \(reader.lineNumber)",
            found: "'\(token.prefix(60))', which has white space",
            expected: "one token on a line", hint: "put each word on a line of its own")
        }
        tokens.append(token)
      }
    }
    given = VocabularyExtension(
      tags: request.extendTags, marks: request.extendMarks, source: tokens, target: tokens)
  }
}

/// Counts what a vocabulary does not have of a text.
struct UnknownParts {
  private let pipeline: TextPipeline
  private let threads: Int
  private var counts: [TextPipeline.Side: [[UInt8]: Int]] = [:]

  private static let linesAtOnce = 8192

  init(_ pipeline: TextPipeline, threads: Int) { (self.pipeline, self.threads) = (pipeline, threads) }

  /// Counts what is unknown in a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - side: its side.
  ///   - hasTags: whether lines may begin with tags of their own.
  ///   - monitor: receives the progress.
  /// - Throws: `FileError`, or `CancellationError`.
  mutating func count(_ path: String, _ side: TextPipeline.Side, hasTags: Bool, _ monitor: SessionMonitor)
    throws
  {
    let reader = try LineReader(path: path)
    while true {
      var lines: [[UInt8]] = []
      while lines.count < Self.linesAtOnce, let line = try reader.next() { lines.append(line) }
      guard !lines.isEmpty else { return }
      let size = (lines.count + threads - 1) / threads
      let parts = stride(from: 0, to: lines.count, by: size).map { lines[$0..<min($0 + size, lines.count)] }
      for found in concurrentMap(
        parts, threads: threads, { [pipeline] in Self.count($0, side, hasTags, pipeline) })
      {
        counts[side, default: [:]].merge(found, uniquingKeysWith: +)
      }
      monitor.prepare(.countingWords(path: path), reader.lineNumber)
      try monitor.checkCancellation()
    }
  }

  private static func count(
    _ lines: ArraySlice<[UInt8]>, _ side: TextPipeline.Side, _ hasTags: Bool, _ pipeline: TextPipeline
  ) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    let segmentation = pipeline.segmentation(side)
    for line in lines {
      let sentence = hasTags ? pipeline.encode(line, side: side) : pipeline.encode(text: line, side: side)
      for unknown in sentence.unknowns {
        for part in segmentation.unknownParts(of: unknown) { counts[part, default: 0] += 1 }
      }
    }
    return counts
  }

  /// The parts that occur at least so often, the most frequent first; nothing that stands for damaged text.
  func frequent(_ side: TextPipeline.Side, minimum: Int) -> [String] {
    (counts[side] ?? [:]).map { (text: String(decoding: $0.key, as: UTF8.self), count: $0.value) }
      .filter { part in
        part.count >= minimum
          && part.text.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && scalar != "\u{FFFD}"
              && ![.control, .surrogate, .unassigned].contains(scalar.properties.generalCategory)
          }
      }
      .sorted { ($1.count, Array($0.text.utf8)) < ($0.count, Array($1.text.utf8)) }
      .map(\.text)
  }
}

/// Orders counts, then bytes.
private func < (one: (Int, [UInt8]), other: (Int, [UInt8])) -> Bool {
  one.0 != other.0 ? one.0 < other.0 : one.1.lexicographicallyPrecedes(other.1)
}
