package import Tokens

/// A rule that drops a pair or changes a line while a corpus is loaded.
public enum CorpusRule: String, CaseIterable, Sendable {
  /// Dropped: a side is empty or white space.
  case emptySide
  /// Dropped: a side has too many subwords, or a line is longer than 1 MiB.
  case tooLong
  /// Dropped: the ratio of the lengths is too large.
  case lengthRatio
  /// Dropped: the target does not fit into the positions that the model makes of the source.
  case noRoom
  /// Dropped: its source line is held out for validation.
  case heldOut
  /// Kept: invalid UTF-8 in a line was replaced by U+FFFD.
  case invalidUTF8
  /// Kept: a source line begins with a tag, which counts as text because its files already have a tag.
  case ownTag

  var words: String {
    switch self {
    case .emptySide: "pairs dropped because a side is empty"
    case .tooLong: "pairs dropped because a side is too long"
    case .lengthRatio: "pairs dropped because the lengths differ too much"
    case .noRoom:
      "pairs dropped because the target is longer than what the model can make of the source (see --upsampling)"
    case .heldOut: "pairs held out for validation, or with the source line of one that is"
    case .invalidUTF8: "lines repaired because they are not valid UTF-8"
    case .ownTag: "lines that begin with a tag, read as text because their file has a tag"
    }
  }
}

/// What was read, kept, dropped and repaired, with examples.
public struct CorpusReport: Sendable, Equatable {
  /// How often a rule applied.
  public struct Finding: Sendable, Equatable {
    /// The number of pairs, or of lines for ``CorpusRule/invalidUTF8``.
    public var count = 0
    /// The first few occurrences: file, line, and what was found.
    public var examples: [String] = []
  }

  /// The number of line pairs in the files.
  public var pairsRead = 0
  /// The number of pairs that passed every rule.
  public var pairsKept = 0
  /// The number of source subwords of the kept pairs, not counting `</s>`.
  public var sourceTokens = 0
  /// The number of target subwords of the kept pairs, not counting `</s>`.
  public var targetTokens = 0
  /// The number of source subwords that are unknown to the vocabulary.
  public var sourceUnknowns = 0
  /// The number of target subwords that are unknown to the vocabulary.
  public var targetUnknowns = 0
  /// The rules that applied at least once.
  public private(set) var findings: [CorpusRule: Finding] = [:]

  static let maximumExamples = 3

  /// A report of nothing.
  package init() {}

  /// How often a rule applied.
  public func count(_ rule: CorpusRule) -> Int { findings[rule]?.count ?? 0 }

  mutating func note(_ rule: CorpusRule, _ example: @autoclosure () -> String) {
    findings[rule, default: Finding()].count += 1
    if findings[rule, default: Finding()].examples.count < Self.maximumExamples {
      findings[rule]?.examples.append(example())
    }
  }

  /// Counts a pair that is kept.
  package mutating func count(source: ArraySlice<TokenID>, target: ArraySlice<TokenID>, unknown: TokenID) {
    pairsKept += 1
    sourceTokens += source.count
    targetTokens += target.count
    sourceUnknowns += source.count { $0 == unknown }
    targetUnknowns += target.count { $0 == unknown }
  }

  /// Adds the findings of the next part of the corpus.
  package mutating func append(_ next: CorpusReport) {
    pairsRead += next.pairsRead
    pairsKept += next.pairsKept
    sourceTokens += next.sourceTokens
    targetTokens += next.targetTokens
    sourceUnknowns += next.sourceUnknowns
    targetUnknowns += next.targetUnknowns
    for (rule, finding) in next.findings {
      findings[rule, default: Finding()].count += finding.count
      let room = Self.maximumExamples - (findings[rule]?.examples.count ?? 0)
      findings[rule]?.examples += finding.examples.prefix(room)
    }
  }
}

extension CorpusReport: CustomStringConvertible {
  /// A line of totals, and a line for each rule that applied.
  public var description: String {
    var lines = [
      "pairs read: \(pairsRead), kept: \(pairsKept); source subwords: \(sourceTokens) (\(sourceUnknowns) unknown), "
        + "target subwords: \(targetTokens) (\(targetUnknowns) unknown)"
    ]
    for rule in CorpusRule.allCases {
      guard let finding = findings[rule] else { continue }
      let rest = finding.count > finding.examples.count ? ", …" : ""
      lines.append("\(rule.words): \(finding.count), at \(finding.examples.joined(separator: ", "))\(rest)")
    }
    return lines.joined(separator: "\n  ")
  }
}
