/// What was found in a corpus.
public struct DataReport: Sendable {
  /// The findings in a pair of files.
  struct Part: Sendable {
    let role: CheckedText.Role
    let files: PairFiles
    var sourceLines = 0
    var targetLines = 0
    /// Pairs that were checked.
    var pairs = 0
    var findings: [FindingGroup] = []
    /// What is a style of the text.
    var habits: [FindingGroup] = []
  }

  var parts: [Part] = []
  /// The languages for which the text was checked, as BCP 47 codes; empty if unknown.
  public internal(set) var sourceLanguage = ""
  /// See ``sourceLanguage``.
  public internal(set) var targetLanguage = ""
  /// What the checks could not see.
  var limitations: [String] = []

  /// The worst severity of a finding, nil if there are none.
  ///
  /// A style is a note.
  public var worst: Severity? {
    parts.flatMap { part in part.findings.map(\.kind.severity) + (part.habits.isEmpty ? [] : [.note]) }.max()
  }

  /// The number of findings of a kind in all files, without styles.
  public func count(of kind: FindingKind) -> Int {
    parts.reduce(0) { sum, part in sum + part.findings.filter { $0.kind == kind }.reduce(0) { $0 + $1.count }
    }
  }

  /// The lines with a finding of a kind in the training text, ascending, if they were kept.
  public func lines(of kind: FindingKind) -> [Int] {
    guard let part = parts.first else { return [] }
    return part.findings.filter { $0.kind == kind }.flatMap { $0.findings.map { Int($0.line) } }
  }

  /// Pairs in all files.
  public var pairs: Int { parts.reduce(0) { $0 + $1.pairs } }
}
