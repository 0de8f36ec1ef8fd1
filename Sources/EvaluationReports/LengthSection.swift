import Evaluation
import Formatting
import HTMLReports

extension EvaluationReport {
  /// Scores by the length of the reference, and how long translations are.
  func lengthSection(_ measured: MeasuredSegments) -> PageSection? {
    let classes = LengthClass.classes(of: measured.referenceWords.map(\.count))
    var charts: [HTML] = []
    if classes.count > 1 {
      charts = metrics.indices.map { lengthChart($0, classes, measured).figure }
    }
    return PageSection(
      "Length",
      [
        lengthTable(measured).html,
        .note("A ratio below 1 means that translations are shorter than their references."),
      ] + charts)
  }

  private func lengthTable(_ measured: MeasuredSegments) -> DataTable {
    let total = measured.referenceWords.reduce(0) { $0 + $1.count }
    let rows = zip(systems, measured.systemWords).map { system, lines in
      (name: system.name, count: lines.reduce(0) { $0 + $1.count }, empty: lines.count(where: \.isEmpty))
    }
    return DataTable(
      "Words of the whole text",
      columns: [
        "System", .number("Words"), .number("Ratio to the reference"), .number("Empty translations"),
      ],
      rows: rows.map { row in
        let ratio = total == 0 ? Double.nan : Double(row.count) / Double(total)
        return [
          .text(row.name), .number(Double(row.count), Readable.count(row.count)),
          .number(ratio, ratio.isFinite ? Readable.decimal(ratio, 3) : "–"),
          .number(Double(row.empty), Readable.count(row.empty)),
        ]
      } + [["Reference", .number(Double(total), Readable.count(total)), .number(1, "1.000"), .missing]])
  }

  private func lengthChart(_ index: Int, _ classes: [LengthClass], _ measured: MeasuredSegments) -> BarChart {
    let metric = metrics[index].metric
    return BarChart(
      "\(metric.name) by sentence length",
      summary: metric.isBetterHigher ? "Higher is better." : "Lower is better.",
      x: ChartAxis("Words of the reference (sentences)"), y: ChartAxis(metric.name),
      groups: classes.map { "\($0.name) (\(Readable.count($0.segments.count)))" },
      series: zip(systems, measured.statistics[index]).map { system, statistics in
        .init(
          system.name,
          classes.map {
            metric.score(
              of: statistics, segments: $0.segments, referenceCount: references.referenceCount
            ).value
          })
      })
  }
}

/// Segments with references of similar length.
struct LengthClass: Equatable {
  /// The lengths, such as "10–19".
  let name: String
  /// The segments.
  let segments: [Int]

  /// Classes that are as wide as 10 words, the last one open; those without segments are left out.
  static func classes(of lengths: [Int]) -> [LengthClass] {
    let starts = [0, 10, 20, 30, 40, 50]
    return starts.indices.compactMap { index in
      let end = index + 1 < starts.count ? starts[index + 1] : Int.max
      let segments = lengths.indices.filter { (starts[index]..<end).contains(lengths[$0]) }
      let name = end == .max ? "\(starts[index])+" : "\(starts[index])–\(end - 1)"
      return segments.isEmpty ? nil : LengthClass(name: name, segments: segments)
    }
  }
}
