import Evaluation
import Formatting
import Reporting

/// A report for people: one line per metric for a single system, a table for several.
func textReport(_ results: [[SystemResult]]) -> [String] {
  guard let systems = results.first, systems.count > 1 else { return results.flatMap { $0 }.map(line) }
  var rows = [["System"] + results.map { $0[0].score.name }]
  for index in systems.indices {
    let name = index == 0 ? "Baseline: \(systems[0].system)" : systems[index].system
    rows.append([name] + results.map { cell($0[index]) })
  }
  let legend = results.map { "\($0[0].score.name)|\($0[0].signature)" }
  return table(rows) + [""] + legend
}

/// A report for people and `cut`: one score per metric, separated by tabs, under a header line.
func sentenceReport(_ scores: [[Score]]) -> [String] {
  let names = ["segment"] + scores.compactMap { $0.first?.name }
  let rows = (scores.first ?? []).indices.map { index in
    ["\(index + 1)"] + scores.map { Readable.decimal($0[index].value, 2) }
  }
  return ([names] + rows).map { $0.joined(separator: "\t") }
}

private func line(_ result: SystemResult) -> String {
  let words = result.score.shortDescription.split(separator: " ", maxSplits: 1)
  let number = [String(words[0]), confidence(result)].compactMap(\.self)
  return "\(result.score.name)|\(result.signature) = "
    + (number + words.dropFirst().map(String.init)).joined(separator: " ")
}

private func cell(_ result: SystemResult) -> String {
  let value = Readable.decimal(result.score.value, 2)
  let chance = result.pValue.map { "(p = \(Readable.decimal($0, 4)))" + ($0 < 0.05 ? "*" : "") }
  return [value, confidence(result), chance].compactMap(\.self).joined(separator: " ")
}

private func confidence(_ result: SystemResult) -> String? {
  result.confidence.map {
    "(μ = \(Readable.decimal($0.mean, 2)) ± \(Readable.decimal($0.halfWidth, 2)))"
  }
}

private func table(_ rows: [[String]]) -> [String] {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    var line = ""
    for (cell, width) in zip(row, widths) {
      line += cell + String(repeating: " ", count: width - cell.count + 2)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
