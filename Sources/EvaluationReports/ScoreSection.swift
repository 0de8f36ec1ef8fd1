import Evaluation
import Formatting
import HTMLReports

extension EvaluationReport {
  /// The scores of all systems.
  var scoreSection: PageSection {
    let hasPValues = metrics.contains { $0.scores.contains { $0.pValue != nil } }
    let hasIntervals = metrics.contains { $0.scores.contains { $0.halfWidth != nil } }
    var contents = [scoreTable.html]
    if hasIntervals { contents.append(.note("± is half of the 95 % confidence interval.")) }
    if hasPValues {
      contents.append(
        .note(
          "p is the probability that chance alone makes such a difference from the first system, the baseline; a star "
            + "marks those below 0.05."))
    }
    if systems.count > 1 || hasIntervals { contents += metrics.map { scoreChart($0).figure } }
    contents.append(
      HTML.details(
        "Settings of the metrics",
        .definitions(metrics.map { ($0.metric.name, .element("code", [:], .text($0.signature))) })))
    return PageSection("Scores", contents)
  }

  private var scoreTable: DataTable {
    let directions = metrics.map { $0.metric.isBetterHigher ? "higher is better" : "lower is better" }
    return DataTable(
      "Scores of the whole text",
      columns: ["System"] + zip(metrics, directions).map { .number($0.metric.name, unit: $1) },
      rows: systems.indices.map { system in
        [
          .text(
            systems.count > 1 && system == 0 ? "\(systems[system].name) (baseline)" : systems[system].name)
        ]
          + metrics.map { .html(Self.text(of: $0.scores[system]), sortedBy: $0.scores[system].value) }
      })
  }

  private static func text(of score: SystemScore) -> HTML {
    let interval = score.halfWidth.map { " ± \(shortScore($0))" } ?? ""
    let chance = score.pValue.map { " (p = \(Readable.decimal($0, 4)))" + ($0 < 0.05 ? "*" : "") } ?? ""
    return .element("strong", [:], .text(shortScore(score.value))) + .text(interval + chance)
  }

  private func scoreChart(_ item: MetricResults) -> BarChart {
    BarChart(
      "\(item.metric.name) of each system",
      summary: item.metric.isBetterHigher ? "Higher is better." : "Lower is better.", x: ChartAxis("System"),
      y: ChartAxis(item.metric.name), groups: systems.map(\.name),
      series: [.init(item.metric.name, item.scores.map(\.value), errors: item.scores.map(\.halfWidth))])
  }
}

/// A score with one decimal.
func shortScore(_ score: Double) -> String { Readable.decimal(score, 1, rounding: .toNearestOrEven) }
