/// A table of a report, which can be written as text, LaTeX or Markdown.
struct ReportTable {
  /// A cell: words, and whether they are emphasized as the best of their kind.
  struct Cell {
    var text: String
    var isBest = false
  }

  /// The names of the columns; the first column has names, too, the others have numbers.
  let header: [String]
  let rows: [[Cell]]

  /// Columns next to each other; the best is called so.
  var text: [String] {
    let rows = [header] + rows.map { $0.map { $0.text + ($0.isBest ? " best" : "") } }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// A table with the rules of LaTeX's package `booktabs`; the best is bold.
  var latex: [String] {
    let columns = "l" + String(repeating: "r", count: header.count - 1)
    let rows = rows.map { row in
      row.map { $0.isBest ? #"\textbf{\#(latexCell($0.text))}"# : latexCell($0.text) }
    }
    let lines = ([header.map(latexText)] + rows).map { $0.joined(separator: " & ") + #" \\"# }
    return [#"\begin{tabular}{\#(columns)}"#, #"\toprule"#, lines[0], #"\midrule"#] + lines.dropFirst()
      + [#"\bottomrule"#, #"\end{tabular}"#]
  }

  /// A table of GitHub's Markdown; the best is bold.
  var markdown: [String] {
    let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
    let rows = rows.map { row in
      row.map { $0.isBest ? "**\(markdownText($0.text))**" : markdownText($0.text) }
    }
    return ([header.map(markdownText), rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}

/// A cell with signs of mathematics.
private func latexCell(_ text: String) -> String {
  latexText(text).replacing("μ", with: #"$\mu$"#).replacing("±", with: #"$\pm$"#)
}

/// Text with the characters that LaTeX would interpret written as commands.
private func latexText(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "\\": result += #"\textbackslash{}"#
    case "~": result += #"\textasciitilde{}"#
    case "^": result += #"\textasciicircum{}"#
    case "&", "%", "$", "#", "_", "{", "}": result += "\\\(character)"
    default: result.append(character)
    }
  }
}

/// Text with the characters that Markdown would interpret in a cell written as such.
private func markdownText(_ text: String) -> String {
  text.reduce(into: "") { result, character in
    switch character {
    case "\\", "|", "*", "_", "`", "<", "[", "]": result += "\\\(character)"
    default: result.append(character)
    }
  }
}
