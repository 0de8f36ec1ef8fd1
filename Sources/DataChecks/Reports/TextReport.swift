import Formatting

extension DataReport {
  /// The report for people, in lines of at most 80 columns: a table by severity, then each kind with examples and what to
  /// do.
  ///
  /// - Parameter examples: how many examples to show of each kind.
  /// - Returns: the lines, without line ends.
  public func textLines(examples: Int) -> [String] {
    var lines: [String] = []
    for part in parts {
      if !lines.isEmpty { lines.append("") }
      lines += header(part)
      lines += table(part)
    }
    for part in parts {
      for severity in Severity.allCases.sorted(by: >) {
        for group in part.findings where group.kind.severity == severity {
          lines += [""] + details(group, part, examples, isHabit: false)
        }
      }
      for group in part.habits { lines += [""] + details(group, part, examples, isHabit: true) }
    }
    for limitation in limitations { lines += [""] + wrapped("Note: \(limitation).", indentation: 0) }
    return lines
  }

  private func header(_ part: Part) -> [String] {
    let languages =
      part.role == .training && !(sourceLanguage.isEmpty || targetLanguage.isEmpty)
      ? ", \(sourceLanguage) to \(targetLanguage)" : ""
    return wrapped(
      "\(part.role.rawValue): \(part.files.source) and \(part.files.target), \(Readable.count(part.pairs)) pairs\(languages)",
      indentation: 0)
  }

  private func table(_ part: Part) -> [String] {
    guard !part.findings.isEmpty || !part.habits.isEmpty else { return ["  nothing found"] }
    var lines: [String] = []
    for severity in Severity.allCases.sorted(by: >) {
      for group in part.findings where group.kind.severity == severity {
        lines.append(row(severity.rawValue, group, part, action(group.kind, part)))
      }
    }
    for group in part.habits { lines.append(row("style", group, part, "kept")) }
    return lines
  }

  private func action(_ kind: FindingKind, _ part: Part) -> String {
    guard part.role == .training else { return "kept" }
    return switch kind.action {
    case .drop: "dropped"
    case .repair: "repaired"
    case .keep: "kept"
    }
  }

  private func row(_ severity: String, _ group: FindingGroup, _ part: Part, _ action: String) -> String {
    let share = 100 * Double(group.count) / Double(max(1, part.pairs))
    let percent = share >= 0.01 || group.count == 0 ? Readable.decimal(share, 2) + "%" : "<0.01%"
    return "  " + padded(severity, 9) + padded(group.kind.rawValue, 29)
      + aligned(Readable.count(group.count), 10)
      + aligned(percent, 9) + "  " + action
  }

  private func details(_ group: FindingGroup, _ part: Part, _ examples: Int, isHabit: Bool) -> [String] {
    let kind = group.kind
    let style = isHabit ? " (the text does it often: a style)" : ""
    var lines = wrapped("\(kind.rawValue): \(kind.summary)\(style)", indentation: 0)
    for example in group.examples.prefix(examples) { lines += self.lines(example, part) }
    if !isHabit { lines += wrapped(kind.advice, indentation: 2) }
    return lines
  }

  private func lines(_ example: Example, _ part: Part) -> [String] {
    let finding = example.finding
    let file = finding.sides == .target ? part.files.target : part.files.source
    let note = example.note.isEmpty ? "" : " (\(example.note))"
    let place = "  \(file):\(finding.line)\(note)"
    guard !example.source.isEmpty || !example.target.isEmpty || finding.kind == .emptyPair else {
      return [place]
    }
    func text(_ line: [UInt8], _ side: Sides) -> String {
      let fault = finding.sides.contains(side) ? FaultPlace.find(finding.kind, in: line) : nil
      return "    " + Excerpt.text(line, marking: fault, width: 76)
    }
    return [place, text(example.source, .source), text(example.target, .target)]
  }
}

/// Text in lines of at most 80 columns.
func wrapped(_ text: String, indentation: Int) -> [String] {
  let margin = String(repeating: " ", count: indentation)
  var lines: [String] = []
  var line = margin
  for word in text.split(separator: " ") {
    if line.count > indentation, line.count + 1 + word.count > 80 {
      lines.append(line)
      line = margin + (indentation == 0 ? "  " : "")
    }
    line += line.allSatisfy { $0 == " " } ? String(word) : " " + word
  }
  return lines + [line]
}

private func padded(_ text: String, _ columns: Int) -> String {
  text + String(repeating: " ", count: max(1, columns - text.count))
}

private func aligned(_ text: String, _ columns: Int) -> String {
  String(repeating: " ", count: max(1, columns - text.count)) + text
}
