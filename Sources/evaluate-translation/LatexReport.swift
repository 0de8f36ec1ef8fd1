import Evaluation

/// A table in LaTeX with the rules of the package `booktabs`; the settings of the metrics follow as comments.
func latexReport(_ results: [[SystemResult]], decimals: Int) -> [String] {
  let rows = tableRows(results) { cell($0, decimals) }.enumerated().map { index, row in
    // Cells are LaTeX already, names are not.
    ([escaped(row[0])] + (index == 0 ? row.dropFirst().map(escaped) : Array(row.dropFirst())))
      .joined(separator: " & ") + #" \\"#
  }
  let columns = "l" + String(repeating: "r", count: results.count)
  return [#"\begin{tabular}{\#(columns)}"#, #"\toprule"#, rows[0], #"\midrule"#] + rows.dropFirst()
    + [#"\bottomrule"#, #"\end{tabular}"#] + legend(results).map { "% " + $0 }
}

private func cell(_ result: SystemResult, _ decimals: Int) -> String {
  let value = decimal(result.score.value, decimals)
  let interval = result.confidence.map {
    #"($\mu$ = \#(decimal($0.mean, decimals)) $\pm$ \#(decimal($0.halfWidth, decimals)))"#
  }
  let chance = result.pValue.map { text(ofPValue: $0) }
  return [value, interval, chance].compactMap(\.self).joined(separator: " ")
}

/// Text with the characters that LaTeX would interpret written as commands.
private func escaped(_ text: String) -> String {
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
