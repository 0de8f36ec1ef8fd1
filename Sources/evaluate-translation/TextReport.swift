import Evaluation
import Formatting

/// A report for people: one line per metric for a single system, a table for several.
func textReport(_ results: [[SystemResult]], decimals: Int) -> [String] {
  guard let systems = results.first, systems.count > 1 else {
    return results.flatMap { $0 }.map { line($0, decimals) }
  }
  let rows = tableRows(results) { cell($0, decimals) }
  return table(rows) + [""] + legend(results)
}

/// The cells of a table: a row for the names of the metrics, then one for each system.
func tableRows(_ results: [[SystemResult]], cell: (SystemResult) -> String) -> [[String]] {
  let systems = results.first ?? []
  let header = ["System"] + results.map { $0[0].score.name }
  return [header]
    + systems.indices.map { index in
      let isBaseline = systems.count > 1 && index == 0
      return [(isBaseline ? "Baseline: " : "") + systems[index].system] + results.map { cell($0[index]) }
    }
}

/// The metrics with their settings.
func legend(_ results: [[SystemResult]]) -> [String] {
  results.map { "\($0[0].score.name)|\($0[0].signature)" }
}

/// Nothing but scores: for a single system one line per metric, otherwise one line per system.
func scoreReport(_ results: [[SystemResult]], decimals: Int) -> [String] {
  let numbers = results.map { $0.map { decimal($0.score.value, decimals) } }
  guard let systems = numbers.first, systems.count > 1 else { return numbers.flatMap { $0 } }
  return systems.indices.map { index in numbers.map { $0[index] }.joined(separator: "\t") }
}

/// A report for people and `cut`: one score per metric, separated by tabs, under a header line.
func sentenceReport(_ scores: [[Score]], decimals: Int, scoreOnly: Bool) -> [String] {
  let names = ["segment"] + scores.compactMap { $0.first?.name }
  let rows = (scores.first ?? []).indices.map { index in
    (scoreOnly ? [] : ["\(index + 1)"]) + scores.map { decimal($0[index].value, decimals) }
  }
  return ((scoreOnly ? [] : [names]) + rows).map { $0.joined(separator: "\t") }
}

/// A score as sacreBLEU rounds it.
func decimal(_ number: Double, _ decimals: Int) -> String {
  Readable.decimal(number, decimals, rounding: .toNearestOrEven)
}

/// A p-value with a star if it is significant.
func text(ofPValue pValue: Double) -> String {
  "(p = \(Readable.decimal(pValue, 4)))" + (pValue < 0.05 ? "*" : "")
}

private func line(_ result: SystemResult, _ decimals: Int) -> String {
  let words = result.score.shortDescription(decimals: decimals).split(separator: " ", maxSplits: 1)
  let number = [String(words[0]), confidence(result, decimals)].compactMap(\.self)
  return "\(result.score.name)|\(result.signature) = "
    + (number + words.dropFirst().map(String.init)).joined(separator: " ")
}

private func cell(_ result: SystemResult, _ decimals: Int) -> String {
  [
    decimal(result.score.value, decimals), confidence(result, decimals),
    result.pValue.map { text(ofPValue: $0) },
  ].compactMap(\.self).joined(separator: " ")
}

private func confidence(_ result: SystemResult, _ decimals: Int) -> String? {
  result.confidence.map {
    "(μ = \(decimal($0.mean, decimals)) ± \(decimal($0.halfWidth, decimals)))"
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
