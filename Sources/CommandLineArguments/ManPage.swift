/// A man page in the macros of man(7), which both groff and mandoc support.
struct ManPage {
  private let command: CommandDescription
  private let sections: [OptionSection]

  init(_ command: CommandDescription, _ sections: [OptionSection]) {
    (self.command, self.sections) = (command, sections)
  }

  /// The release date of the package's version.
  private static let date = "2026-11-28"

  /// The complete page, ending in a newline.
  var text: String {
    var lines = [
      ".TH \(Roff.escaped(command.name.uppercased())) 1 \(Self.date) "
        + #""swift-translation \#(CommandDescription.packageVersion)" "User Commands""#,
      ".SH NAME",
    ]
    lines += Roff.filled("\(command.name) - \(command.summary)") + [".SH SYNOPSIS"]
    for (index, usage) in command.usage.enumerated() {
      if index > 0 { lines.append(".br") }
      lines += [".B \(Roff.escaped(command.name))"] + Roff.filled(usage)
    }
    if !command.discussion.isEmpty { lines += [".SH DESCRIPTION"] + discussion }
    lines.append(".SH OPTIONS")
    for section in sections {
      lines += [".SS \(Roff.escaped(section.title))"] + section.rows.flatMap(row)
    }
    if !command.examples.isEmpty { lines += [".SH EXAMPLES"] + examples }
    lines += [".SH EXIT STATUS"] + Roff.filled(exitStatus)
    if !command.related.isEmpty { lines += [".SH SEE ALSO"] + seeAlso }
    return lines.joined(separator: "\n") + "\n"
  }

  private var exitStatus: String {
    "0 on success, 1 on failure, 64 if the command line is invalid; messages go to standard error."
  }

  private func row(_ row: OptionSection.Row) -> [String] {
    let option = row.form
    let names = [option.short.map { "-\($0)" }, option.name].compactMap(\.self)
      .map { "\\fB\(Roff.escaped($0))\\fR" }.joined(separator: ", ")
    let value = option.isFlag ? "" : " \\fI<\(Roff.escaped(option.placeholder))>\\fR"
    return [".TP", names + value] + Roff.filled(row.words(space: " "))
  }

  private var discussion: [String] {
    let paragraphs = command.discussion.split(separator: "\n\n").map { paragraph in
      let lines = paragraph.split(separator: "\n").map(String.init)
      let isTable = lines.contains { $0.hasPrefix(" ") }
      return isTable ? Roff.verbatim(lines) : Roff.filled(lines.joined(separator: " "))
    }
    return Array(paragraphs.joined(separator: [".PP"]))
  }

  private var examples: [String] {
    let blocks = command.examples.map { example in
      Roff.filled(example.explanation + ":") + [".PP"]
        + Roff.verbatim(example.command.split(separator: "\n").map { "    \($0)" })
    }
    return Array(blocks.joined(separator: [".PP"]))
  }

  private var seeAlso: [String] {
    command.related.enumerated().map { index, name in
      ".BR \(Roff.escaped(name)) (1)" + (index + 1 < command.related.count ? "," : "")
    }
  }
}

/// Text in roff.
private enum Roff {
  /// Escapes all characters that roff would interpret or replace.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "\"": result += "\\(dq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default: result += "\\[u" + padded(String(scalar.value, radix: 16, uppercase: true)) + "]"
      }
    }
    // A line that begins with a dot would be parsed as a request.
    return result.hasPrefix(".") ? "\\&" + result : result
  }

  private static func padded(_ hexadecimal: String) -> String {
    String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal
  }

  /// Text that roff fills, in lines short enough to be readable in the source.
  static func filled(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = lines.last, last.utf8.count + escaped(word).utf8.count < 78 {
        lines[lines.count - 1] = last + " " + escaped(word)
      } else {
        lines.append(escaped(word))
      }
    }
    return lines
  }

  /// Lines that are printed verbatim.
  static func verbatim(_ lines: [String]) -> [String] { [".EX"] + lines.map(escaped) + [".EE"] }
}
