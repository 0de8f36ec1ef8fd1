/// The text of `--help`.
struct HelpText<Arguments: CommandArguments> {
  let width: Int
  private let command = Arguments.command
  /// Where the explanations of options begin.
  private let column: Int

  init(width: Int) {
    self.width = max(40, min(width, 100))
    column = min(32, self.width * 2 / 5)
  }

  /// The whole text, with a line end.
  var text: String {
    var sections = ["\(command.name): \(command.summary)", usage]
    if !command.examples.isEmpty { sections.append(examples) }
    sections += optionSections
    if !command.discussion.isEmpty { sections.append(discussion) }
    let text = sections.joined(separator: "\n\n") + "\n"
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
    let defaults = Arguments()
    let sections = Arguments.groups.map { group in
      section(group.title, group.options.map { row($0.form, defaultText: $0.defaultText(defaults)) })
    }
    return sections + [section("General", OptionForm.common.map { row($0, defaultText: nil) })]
  }

  private func section(_ title: String, _ rows: [String]) -> String {
    "\(title):\n" + rows.joined(separator: "\n")
  }

  private func row(_ option: OptionForm, defaultText: String?) -> String {
    let value = option.isFlag ? "" : " <\(option.placeholder)>"
    let names = (option.short.map { "  -\($0), " } ?? "      ") + option.name + value
    let notes = notes(option, defaultText: defaultText)
    let words = option.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
    let indent = String(repeating: " ", count: column)
    guard names.count + 2 <= column else {
      return names + "\n" + wrap(indent + words, width: width, indent: indent)
    }
    let padding = String(repeating: " ", count: column - names.count)
    return wrap(names + padding + words, width: width, indent: indent)
  }

  private func notes(_ option: OptionForm, defaultText: String?) -> [String] {
    var notes: [String] = []
    if option.isRequired { notes.append("required") }
    if option.isList {
      notes.append(option.list == .commaSeparated ? "several with commas" : "may be repeated")
    }
    if let choices = option.choices { notes.append("one of: " + choices.joined(separator: ", ")) }
    if let limit = option.limit { notes.append(limit.description) }
    if let text = defaultText { notes.append(text.isEmpty ? "default" : "default:\(unbreakable)\(text)") }
    return notes
  }

  private var discussion: String {
    command.discussion.split(separator: "\n\n").map { paragraph in
      let lines = paragraph.split(separator: "\n")
      if lines.contains(where: { $0.hasPrefix(" ") }) { return String(paragraph) }
      return wrap(lines.joined(separator: " "), width: width, indent: "")
    }.joined(separator: "\n\n")
  }
}

/// A space that ``wrap(_:width:indent:)`` leaves alone: a default stays beside its name.
private let unbreakable: Character = "\u{A0}"

/// Breaks a line at spaces; lines after the first begin with `indent`.
///
/// Runs of spaces inside a line stay, since the columns of a table are made of them.
func wrap(_ text: String, width: Int, indent: String) -> String {
  var lines: [String] = []
  var rest = text[...]
  while rest.count > width {
    let limit = rest.index(rest.startIndex, offsetBy: width)
    let start = rest.index(rest.startIndex, offsetBy: min(lines.isEmpty ? 1 : indent.count, rest.count))
    let body = rest[start...].firstIndex { $0 != " " } ?? start
    // A word longer than the line stands alone on it and sticks out.
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
