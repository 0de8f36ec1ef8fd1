import Evaluation
import Formatting

/// A report for people: scores of systems and, if they were named, of documents; in text, LaTeX or Markdown.
struct Report {
  /// For each metric, the results of all systems.
  let results: [[SystemResult]]
  let documents: Documents?
  let output: OutputOptionGroup

  init(_ results: [[SystemResult]], _ documents: Documents?, _ output: OutputOptionGroup) {
    (self.results, self.documents, self.output) = (results, documents, output)
  }

  private var systems: [String] { (results.first ?? []).map(\.system) }
  private var decimals: Int { output.decimals }

  /// The lines of the report.
  var lines: [String] {
    let systemLines: [String] =
      switch output.format {
      case .latex: systemTable.latex + legend.map { "% " + $0 }
      case .markdown: systemTable.markdown + [""] + legend.map { "- `\($0)`" }
      default: systems.count > 1 ? systemTable.text + [""] + legend : results.flatMap { $0 }.map(line)
      }
    return systemLines + documentTables.flatMap { [""] + lines(of: $0) }
  }

  private func lines(of table: ReportTable) -> [String] {
    switch output.format {
    case .latex: table.latex
    case .markdown: table.markdown
    default: table.text
    }
  }

  /// A row for each system, a column for each metric.
  private var systemTable: ReportTable {
    ReportTable(
      header: ["System"] + results.map { $0[0].score.name },
      rows: systems.indices.map { index in
        let isBaseline = systems.count > 1 && index == 0
        return [.init(text: (isBaseline ? "Baseline: " : "") + systems[index])]
          + results.map { cell($0[index]) }
      })
  }

  /// The metrics with their settings.
  private var legend: [String] { results.map { "\($0[0].score.name)|\(signature($0[0]))" } }

  private func signature(_ result: SystemResult) -> String {
    output.hasShortSignatures ? result.signature.short : result.signature.description
  }

  private func line(_ result: SystemResult) -> String {
    let words = result.score.shortDescription(decimals: decimals).split(separator: " ", maxSplits: 1)
    let number = [String(words[0]), confidence(result)].compactMap(\.self)
    return "\(result.score.name)|\(signature(result)) = "
      + (number + words.dropFirst().map(String.init)).joined(separator: " ")
  }

  private func cell(_ result: SystemResult) -> ReportTable.Cell {
    let pValue = result.pValue.map {
      "(p = \(Readable.decimal($0, 4)))" + (result.isSignificant ? "*" : "")
    }
    let parts = [decimal(result.score.value, decimals), confidence(result), pValue]
    return .init(text: parts.compactMap(\.self).joined(separator: " "), isBest: result.isBest)
  }

  private func confidence(_ result: SystemResult) -> String? {
    result.confidence.map {
      "(μ = \(decimal($0.mean, decimals)) ± \(decimal($0.halfWidth, decimals)))"
    }
  }
}

extension Report {
  /// Tables with a row for each document.
  ///
  /// For a single system, it is a table with a column for each metric; otherwise, for each metric, a table with a column
  /// for each system.
  private var documentTables: [ReportTable] {
    guard let documents else { return [] }
    guard systems.count > 1 else {
      return [
        documentTable(documents, ["Document"] + results.map { $0[0].score.name }) { document in
          results.map { .init(text: decimal($0[0].documents[document].value, decimals)) }
        }
      ]
    }
    return results.map { results in
      let name = results[0].score.name
      return documentTable(documents, ["\(name) by document"] + systems) { document in
        let values = results.map { $0.documents[document].value }
        let best = values.max { results[0].isBetterHigher ? $0 < $1 : $0 > $1 }
        return values.map { .init(text: decimal($0, decimals), isBest: $0 == best) }
      }
    }
  }

  private func documentTable(
    _ documents: Documents, _ header: [String], _ cells: (Int) -> [ReportTable.Cell]
  ) -> ReportTable {
    ReportTable(
      header: [header[0], "Segments"] + header.dropFirst(),
      rows: documents.names.indices.map { document in
        [.init(text: documents.names[document]), .init(text: "\(documents.segments[document].count)")]
          + cells(document)
      })
  }
}

/// Nothing but scores: for a single system one line per metric, otherwise one line per system.
func scoreReport(_ results: [[SystemResult]], decimals: Int) -> [String] {
  let numbers = results.map { $0.map { decimal($0.score.value, decimals) } }
  guard let systems = numbers.first, systems.count > 1 else { return numbers.flatMap { $0 } }
  return systems.indices.map { index in numbers.map { $0[index] }.joined(separator: "\t") }
}

/// A score as sacreBLEU rounds it.
func decimal(_ number: Double, _ decimals: Int) -> String {
  Readable.decimal(number, decimals, rounding: .toNearestOrEven)
}
