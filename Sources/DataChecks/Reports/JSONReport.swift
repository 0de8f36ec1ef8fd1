import Files

extension DataReport {
  /// The report for scripts.
  ///
  ///     {"pairs": 29000, "worst": "warning", "source_language": "en", "target_language": "de", "files": [
  ///       {"role": "training", "source": "train.en", "target": "train.de", "pairs": 29000, "source_lines": 29000,
  ///        "target_lines": 29000, "findings": [
  ///         {"kind": "mojibake", "severity": "warning", "action": "repair", "count": 2, "share": 0.00007,
  ///          "examples": [{"line": 12, "side": "target", "source": "…", "target": "…"}], "lines": [12, 90]}],
  ///        "styles": […]}], "limitations": []}
  ///
  /// - Parameters:
  ///   - examples: how many examples of each kind.
  ///   - allLines: whether to list all lines of each kind.
  /// - Returns: JSON in UTF-8.
  public func json(examples: Int, allLines: Bool) -> [UInt8] {
    let tree = JSONTree.object([
      .init(key: "pairs", value: .number("\(pairs)")),
      .init(key: "worst", value: worst.map { .string($0.rawValue) } ?? .null),
      .init(key: "source_language", value: .string(sourceLanguage)),
      .init(key: "target_language", value: .string(targetLanguage)),
      .init(key: "files", value: .array(parts.map { json($0, examples, allLines) })),
      .init(key: "limitations", value: .array(limitations.map { .string($0) })),
    ])
    // Lists of lines would be long with a number on each line.
    return Array((tree.compactText + "\n").utf8)
  }

  private func json(_ part: Part, _ examples: Int, _ allLines: Bool) -> JSONTree {
    .object([
      .init(key: "role", value: .string(part.role.rawValue)),
      .init(key: "source", value: .string(part.files.source)),
      .init(key: "target", value: .string(part.files.target)),
      .init(key: "pairs", value: .number("\(part.pairs)")),
      .init(key: "source_lines", value: .number("\(part.sourceLines)")),
      .init(key: "target_lines", value: .number("\(part.targetLines)")),
      .init(
        key: "findings",
        value: .array(part.findings.map { json($0, part, examples, allLines, isHabit: false) })),
      .init(
        key: "styles", value: .array(part.habits.map { json($0, part, examples, allLines, isHabit: true) })),
    ])
  }

  private func json(
    _ group: FindingGroup, _ part: Part, _ examples: Int, _ allLines: Bool, isHabit: Bool
  ) -> JSONTree {
    let kind = group.kind
    let share = Double(group.count) / Double(max(1, part.pairs))
    let action = part.role == .training && !isHabit ? kind.action : .keep
    var members: [JSONTree.Member] = [
      .init(key: "kind", value: .string(kind.rawValue)),
      .init(key: "severity", value: .string(isHabit ? Severity.note.rawValue : kind.severity.rawValue)),
      .init(key: "action", value: .string(action.rawValue)),
      .init(key: "count", value: .number("\(group.count)")),
      .init(key: "share", value: .number("\(share)")),
      .init(key: "summary", value: .string(kind.summary)),
      .init(key: "advice", value: .string(kind.advice)),
      .init(key: "examples", value: .array(group.examples.prefix(examples).map(json))),
    ]
    if allLines {
      let lines = group.findings.map { JSONTree.number("\($0.line)") }
      members.append(.init(key: "lines", value: .array(lines)))
    }
    return .object(members)
  }

  private func json(_ example: Example) -> JSONTree {
    let side =
      example.finding.sides == .source ? "source" : example.finding.sides == .target ? "target" : "both"
    var members: [JSONTree.Member] = [
      .init(key: "line", value: .number("\(example.finding.line)")), .init(key: "side", value: .string(side)),
      .init(key: "source", value: .string(String(decoding: example.source, as: UTF8.self))),
      .init(key: "target", value: .string(String(decoding: example.target, as: UTF8.self))),
    ]
    if !example.note.isEmpty { members.append(.init(key: "note", value: .string(example.note))) }
    return .object(members)
  }
}
