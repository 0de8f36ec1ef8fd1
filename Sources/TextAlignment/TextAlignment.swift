internal import Corpora
internal import Files
internal import Machine
package import Tokens
package import WordAlignment

/// A file with text and a file with its translations, line by line.
package struct FilesToAlign: Sendable {
  package var source: String
  package var target: String
  /// How lines become words.
  package var words: AlignedWords

  package init(source: String, target: String, words: AlignedWords) {
    (self.source, self.target, self.words) = (source, target, words)
  }
}

/// A step of aligning text.
package enum AlignmentPhase: Sendable, Equatable {
  /// Lines read so far.
  case reading(lines: Int)
  /// Iterations of learning done.
  case learning(iterations: Int, of: Int)
  /// Lines aligned so far.
  case aligning(lines: Int, of: Int)
}

/// Word alignments of files, learned from all of them together.
package struct TextAlignment: Sendable {
  private let pairs: SentencePairs
  /// The pairs of each file.
  private var parts: [Range<Int>] = []
  private let aligner: WordAligner
  private let threads: Int
  /// Pairs of lines.
  package var count: Int { pairs.count }
  /// Pairs that were learned from: not those with an empty side, nor those that are too long.
  package private(set) var learned = 0

  /// Reads files and learns how their words are linked.
  ///
  /// - Parameters:
  ///   - files: the text; words of all files are learned together.
  ///   - options: how it is learned.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called now and then; an error that it throws ends the work.
  /// - Throws: `CorpusError`, which names the file, ``TextAlignmentError``, or what `progress` throws.
  package init(
    _ files: [FilesToAlign], options: AlignerOptions = AlignerOptions(), threads: Int,
    progress: (AlignmentPhase) throws -> Void
  ) throws {
    var reader = PairReader(threads: threads)
    for item in files {
      let first = reader.pairs.count
      try reader.read(item, progress)
      parts.append(first..<reader.pairs.count)
    }
    let pairs = reader.pairs
    var learned = 0
    aligner = try WordAligner(learningFrom: pairs, options: options, threads: threads) { now in
      learned = now.pairs
      try progress(.learning(iterations: now.iteration, of: options.iterations))
    }
    guard learned > 0 else {
      throw TextAlignmentError.noPairs(sources: files.map(\.source))
    }
    (self.pairs, self.threads, self.learned) = (pairs, threads, learned)
  }

  /// The links of the first pairs of a file.
  ///
  /// - Parameters:
  ///   - count: how many pairs; all if there are fewer.
  ///   - file: its index.
  ///   - symmetrization: how the links of both directions are combined.
  /// - Returns: the links of each pair.
  package func links(ofFirst count: Int, of file: Int, by symmetrization: Symmetrization) -> [[AlignmentLink]]
  {
    aligner.links(of: pairs, in: parts[file].prefix(count), by: symmetrization, threads: threads)
  }

  /// The links of a file as lines of text, one for each pair of lines.
  ///
  /// - Parameters:
  ///   - file: its index.
  ///   - symmetrization: how the links of both directions are combined.
  ///   - progress: called now and then.
  ///   - take: receives ASCII with line ends, many lines at a time.
  /// - Throws: what `take` and `progress` throw.
  package func forEachPart(
    of file: Int, by symmetrization: Symmetrization, progress: (AlignmentPhase) throws -> Void,
    _ take: ([UInt8]) throws -> Void
  ) throws {
    var start = parts[file].lowerBound
    while start < parts[file].upperBound {
      let range = start..<min(start + linesAtOnce, parts[file].upperBound)
      var text: [UInt8] = []
      for links in aligner.links(of: pairs, in: range, by: symmetrization, threads: threads) {
        text += pharaohLine(links)
        text.append(UInt8(ascii: "\n"))
      }
      try take(text)
      start = range.upperBound
      try progress(.aligning(lines: start, of: pairs.count))
    }
  }
}

private let linesAtOnce = 1 << 14

/// What can be wrong with text to align.
package enum TextAlignmentError: Error, CustomStringConvertible {
  /// No pair of lines has words on both sides, or all are too long.
  case noPairs(sources: [String])

  /// What was found, and what to do.
  package var description: String {
    switch self {
    case .noPairs(let sources):
      "no pair of lines of '\(sources.joined(separator: "', '"))' can be aligned: one side is empty, or a line has thousands "
        + "of words; give text with a sentence on each line, and its translation on the same line of the other file"
    }
  }
}

/// Reads lines as the numbers of their words.
private struct PairReader {
  var pairs = SentencePairs()
  private var sources = WordNumbers()
  private var targets = WordNumbers()
  private let threads: Int

  init(threads: Int) { self.threads = threads }

  mutating func read(_ item: FilesToAlign, _ progress: (AlignmentPhase) throws -> Void) throws {
    var reader = try AlignedReader(source: item.source, target: item.target)
    while true {
      let chunks = try reader.nextChunks(threads * 4)
      guard !chunks.isEmpty else { return }
      let split = concurrentMap(chunks, threads: threads) { chunk in
        (0..<chunk.source.count).map { index in
          (item.words.source(Array(chunk.source[index])), item.words.target(Array(chunk.target[index])))
        }
      }
      for (source, target) in split.joined() {
        pairs.append(source: sources.numbers(source), target: targets.numbers(target))
      }
      try progress(.reading(lines: pairs.count))
    }
  }
}
