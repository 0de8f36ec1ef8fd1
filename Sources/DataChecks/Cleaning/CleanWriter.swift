import Files

/// What the cleaned corpus has.
public struct CleanSummary: Sendable, Equatable {
  /// Pairs that were written.
  public var kept = 0
  /// Of them, those that were repaired.
  public var repaired = 0
  /// Pairs that were left out.
  public var dropped = 0
}

extension DataReport {
  /// Writes the training text without its faulty pairs, and a log of what was left out.
  ///
  /// The folder gets `clean.SRC` and `clean.TRG`, named by the languages, and `dropped.tsv` with the columns source file,
  /// line, kind, source text and target text. All of them appear together, or none does. Validation and test text stays
  /// as it is; what overlaps with it is left out of the training text.
  ///
  /// - Parameters:
  ///   - folder: is made if it is not there.
  ///   - progress: called often.
  /// - Returns: how many pairs were written, repaired and left out.
  /// - Throws: `FileError` if a file cannot be read or written, and what `progress` throws.
  /// - Precondition: the report was made with ``CheckOptions/keepsLines``.
  public func writeClean(
    to folder: String, progress: (CheckProgress) throws -> Void = { _ in }
  ) throws -> CleanSummary {
    guard let part = parts.first else { return CleanSummary() }
    try createFolder(folder)
    let names = cleanNames
    let source = try AtomicFile(path: "\(folder)/\(names.source)")
    let target = try AtomicFile(path: "\(folder)/\(names.target)")
    let dropped = try AtomicFile(path: "\(folder)/dropped.tsv")
    var plan = CleanPlan(part)
    let repair = LineRepair()
    var summary = CleanSummary()
    var reader = try PairFileReader(part.files)
    while let block = try reader.next() {
      for index in 0..<block.count {
        let line = block.firstLine + index
        let (one, other) = (block.source[index], block.target[index])
        switch plan.next(line) {
        case .drop(let kind):
          summary.dropped += 1
          try dropped.write(logLine(part, line, kind, one, other))
        case .keep(let kinds):
          summary.kept += 1
          if kinds.isEmpty {
            try source.write(Array(one) + [0x0A])
            try target.write(Array(other) + [0x0A])
          } else {
            summary.repaired += 1
            try source.write(repair.repaired(one, kinds) + [0x0A])
            try target.write(repair.repaired(other, kinds) + [0x0A])
          }
        }
      }
      try progress(CheckProgress(.cleaning, block.firstLine + block.count - 1, of: part.pairs))
    }
    try commitTogether([source, target, dropped])
    return summary
  }

  /// The names of the cleaned files.
  public var cleanNames: (source: String, target: String) {
    let (one, other) = (
      sourceLanguage.isEmpty ? "source" : sourceLanguage, targetLanguage.isEmpty ? "target" : targetLanguage
    )
    return one == other
      ? ("clean.source.\(one)", "clean.target.\(other)") : ("clean.\(one)", "clean.\(other)")
  }

  private func logLine(
    _ part: Part, _ line: Int, _ kind: FindingKind, _ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>
  ) -> [UInt8] {
    func cell(_ text: ArraySlice<UInt8>) -> [UInt8] { text.map { $0 == 0x09 ? 0x20 : $0 } }
    let start = "\(part.files.source)\t\(line)\t\(kind.rawValue)\t"
    return Array(start.utf8) + cell(source) + [0x09] + cell(target) + [0x0A]
  }
}

/// What to do with each line, in ascending order.
struct CleanPlan {
  enum Decision: Equatable {
    case drop(FindingKind)
    /// The pair stays, with these faults repaired.
    case keep(Set<FindingKind>)
  }

  /// The findings by line, those that decide first.
  private let findings: [Finding]
  private var position = 0

  init(_ part: DataReport.Part) {
    findings = part.findings.filter { $0.kind.action != .keep }.flatMap(\.findings).filter {
      // Faults of files are no faults of their first lines.
      ![.unequalLineCounts, .byteOrderMark, .carriageReturns].contains($0.kind)
    }
    .sorted { ($0.line, $0.kindIndex) < ($1.line, $1.kindIndex) }
  }

  /// What to do with a line.
  ///
  /// - Parameter line: greater than those before.
  /// - Returns: whether the pair is dropped; the first of its kinds is the reason.
  mutating func next(_ line: Int) -> Decision {
    var repairs: Set<FindingKind> = []
    var reason: FindingKind?
    while position < findings.count, Int(findings[position].line) <= line {
      let kind = findings[position].kind
      position += 1
      switch kind.action {
      case .drop: reason = reason ?? kind
      case .repair: repairs.insert(kind)
      case .keep: break
      }
    }
    return reason.map { .drop($0) } ?? .keep(repairs)
  }
}
