public import Files

/// An error in a parallel corpus.
public enum CorpusError: Error, Equatable {
  /// A file cannot be read or is damaged.
  case file(FileError)
  /// The sides have different numbers of files.
  case fileCounts(sources: Int, targets: Int)
  /// Source and target file have different numbers of lines.
  case lineCounts(source: String, sourceLines: Int, target: String, targetLines: Int)
  /// An alignment file does not have one line for each pair.
  case alignmentLines(path: String, lines: Int, source: String, sourceLines: Int)
  /// A line of an alignment file is malformed.
  case alignment(path: String, line: Int, problem: AlignmentProblem)
  /// The numbers of alignment files and source files differ.
  case alignmentFileCounts(alignments: Int, sources: Int)
  /// Standard input was named more than once, but can only be read once.
  case standardInputTwice
  /// All pairs were dropped; the report says why.
  case nothingLeft(sources: [String], report: CorpusReport)
  /// No files contribute a pair to every epoch.
  case weightsTooSmall(parts: [CorpusPart])
}

extension CorpusError: CustomStringConvertible {
  /// What is wrong, where, and what to do next.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .fileCounts(let sources, let targets):
      "\(sources) source but \(targets) target files: name as many of each, in the same order"
    case .lineCounts(let source, let sourceLines, let target, let targetLines):
      "'\(source)' has \(sourceLines) lines, '\(target)' has \(targetLines): line n of one must be the translation "
        + "of line n of the other; check that the files belong together and that neither was cut off"
    case .alignmentLines(let path, let lines, let source, let sourceLines):
      "'\(path)' has \(lines) lines, '\(source)' has \(sourceLines): line n of one must be the alignment of line n of "
        + "the other; align the files as they are, or give an empty line for a pair without an alignment"
    case .alignment(let path, let line, let problem): "\(path):\(line): \(problem)"
    case .alignmentFileCounts(let alignments, let sources):
      "\(alignments) alignment but \(sources) source files: name as many of each, in the same order"
    case .standardInputTwice: "'-' (standard input) is named more than once: name files for all sides but one"
    case .nothingLeft(let sources, let report):
      "no sentence pair is left of '\(sources.joined(separator: "', '"))' (\(report)); "
        + "raise the length limit, or check that the files hold text"
    case .weightsTooSmall(let parts):
      "an epoch may have no pair at all: pairs × weight is below 1 for all files "
        + "(\(parts.map(\.description).joined(separator: "; "))); give greater weights"
    }
  }
}
