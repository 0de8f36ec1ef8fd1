/// The text of `--help`, or of `--help-all`.
struct HelpText {
  private let command: CommandDescription
  private let sections: [OptionSection]
  /// Whether to show only common and required options, with a hint at the others.
  private let isBrief: Bool
  private let width: Int
  /// The column at which the descriptions of options begin.
  private let column: Int

  init(_ command: CommandDescription, _ sections: [OptionSection], isBrief: Bool, width: Int) {
    (self.command, self.sections, self.isBrief) = (command, sections, isBrief)
    self.width = max(40, min(width, 100))
    column = min(32, self.width * 2 / 5)
  }

  /// The complete text, ending in a newline.
  var text: String {
    var parts = ["\(command.name): \(command.summary)", usage]
    if !command.examples.isEmpty { parts.append(examples) }
    parts += optionSections
    if isBrief {
      parts.append(rest)
    } else if !command.discussion.isEmpty {
      parts.append(discussion)
    }
    let text = parts.joined(separator: "\n\n") + "\n"
    return String(text.map { $0 == unbreakable ? " " : $0 })
  }

  private var usage: String {
    let lead = "Usage: \(command.name) "
    let indent = String(repeating: " ", count: min(lead.count, 8))
    return command.usage.enumerated().map { index, line in
      let start = index == 0 ? lead : "       \(command.name) "
      return wrap(start + line, width: width, indent: indent)
    }.joined(separator: "\n")
  }

  private var examples: String {
    let blocks = command.examples.map { example in
      wrap("  # \(example.explanation)", width: width, indent: "  # ") + "\n"
        + example.command.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
    return "Examples:\n" + blocks.joined(separator: "\n\n")
  }

  private var optionSections: [String] {
    let shown = sections.map { section in
      OptionSection(title: section.title, rows: section.rows.filter { !isBrief || $0.form.isShownInBrief })
    }
    return shown.filter { !$0.rows.isEmpty }.map { section in
      "\(section.title):\n" + section.rows.map(row).joined(separator: "\n")
    }
  }

  private var rest: String {
    let others = sections.flatMap(\.rows).count { !$0.form.isShownInBrief }
    return wrap(
      "'\(command.name) \(OptionForm.allHelp.name)' shows \(others) more options and explains them.",
      width: width,
      indent: "")
  }

  private func row(_ row: OptionSection.Row) -> String {
    let option = row.form
    let value = option.isFlag ? "" : " <\(option.placeholder)>"
    let names = (option.short.map { "  -\($0), " } ?? "      ") + option.name + value
    let words = row.words(space: String(unbreakable))
    let indent = String(repeating: " ", count: column)
    guard names.count + 2 <= column else {
      return names + "\n" + wrap(indent + words, width: width, indent: indent)
    }
    let padding = String(repeating: " ", count: column - names.count)
    return wrap(names + padding + words, width: width, indent: indent)
  }

  private var discussion: String {
    command.discussion.split(separator: "\n\n").map { paragraph in
      let lines = paragraph.split(separator: "\n")
      if lines.contains(where: { $0.hasPrefix(" ") }) { return String(paragraph) }
      return wrap(lines.joined(separator: " "), width: width, indent: "")
    }.joined(separator: "\n\n")
  }
}

/// A space at which ``wrap(_:width:indent:)`` does not break, to keep "default:" and its value on one line.
private let unbreakable: Character = "\u{A0}"

/// Wraps a line at spaces; lines after the first begin with `indent`.
///
/// Runs of spaces inside a line are kept, since they align columns.
func wrap(_ text: String, width: Int, indent: String) -> String {
  var lines: [String] = []
  var rest = text[...]
  while rest.count > width {
    let limit = rest.index(rest.startIndex, offsetBy: width)
    let start = rest.index(rest.startIndex, offsetBy: min(lines.isEmpty ? 1 : indent.count, rest.count))
    let body = rest[start...].firstIndex { $0 != " " } ?? start
    // A word that is longer than the width gets a line to itself and overflows.
    let cut = rest[body...limit].lastIndex(of: " ") ?? rest[body...].firstIndex(of: " ")
    guard let cut else { break }
    lines.append(trimmed(rest[..<cut]))
    rest = (indent + rest[cut...].drop { $0 == " " })[...]
  }
  lines.append(String(rest))
  return lines.joined(separator: "\n")
}

private func trimmed(_ line: Substring) -> String {
  var line = line
  while line.last == " " { line.removeLast() }
  return String(line)
}
