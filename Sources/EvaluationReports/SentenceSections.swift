import Evaluation
import Formatting
import HTMLReports

extension EvaluationReport {
  /// How the scores of single sentences are distributed, and how often systems beat the baseline.
  func sentenceScoreSection(_ measured: MeasuredSegments) -> PageSection? {
    guard references.segments.count > 1 else { return nil }
    let metric = metrics[measured.mainMetric].metric
    let scores = measured.scores[measured.mainMetric]
    let chart = Histogram(
      "Sentences by \(metric.name)", x: ChartAxis("\(metric.name) of the sentence"),
      y: ChartAxis("Sentences"),
      numbers: zip(systems, scores).map { ($0.name, $1) }, binCount: 20)
    var contents = [chart.figure]
    if systems.count > 1 { contents.append(comparisonTable(measured).html) }
    return PageSection("Sentence scores", contents)
  }

  private func comparisonTable(_ measured: MeasuredSegments) -> DataTable {
    let goodness = measured.goodness(self)
    let name = metrics[measured.mainMetric].metric.name
    let rows = systems.indices.dropFirst().map { system in
      let differences = zip(goodness[system], goodness[0]).map { $0 - $1 }
      let counts = [
        differences.count { $0 > 1e-9 }, differences.count { abs($0) <= 1e-9 },
        differences.count { $0 < -1e-9 },
      ]
      return [.text(systems[system].name)]
        + counts.map { DataTable.Cell.number(Double($0), Readable.count($0)) }
    }
    return DataTable(
      "Sentences whose \(name) is better or worse than that of \(systems[0].name)",
      columns: ["System", .number("Better"), .number("Equal"), .number("Worse")], rows: rows)
  }

  /// The worst and the best sentences of each system, and those in which systems differ most.
  func extremesSection(_ measured: MeasuredSegments) -> PageSection? {
    let goodness = measured.goodness(self)
    let entries = SentenceEntries(self, measured)
    func panel(_ name: String, _ keys: [Double]) -> PanelPicker.Panel {
      // Equal sentences keep their order.
      let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      return .init(
        name,
        .element("ol", ["class": "entries"], order.prefix(10).map { .element("li", [:], entries.entry($0)) }))
    }
    var panels: [PanelPicker.Panel] = []
    if systems.count > 1 {
      panels.append(panel("Sentences in which systems differ most", Self.spread(goodness).map { -$0 }))
    }
    for (system, scores) in zip(systems, goodness) {
      panels.append(panel("Worst sentences of \(system.name)", scores))
      panels.append(panel("Best sentences of \(system.name)", scores.map { -$0 }))
    }
    let name = metrics[measured.mainMetric].metric.name
    return PageSection(
      "Worst and best sentences",
      [.note("Ten sentences each, by \(name)."), PanelPicker("Show", panels).html])
  }

  /// The most sentences of the list; more would take long to open.
  package static let mostSentences = 3000

  /// All sentences; of very many, a sample at equal distances.
  func sentencesSection(_ measured: MeasuredSegments) -> PageSection? {
    let entries = SentenceEntries(self, measured)
    let orders = sentenceOrders(measured)
    let count = references.segments.count
    let step = (count + Self.mostSentences - 1) / Self.mostSentences
    let list = FilteredList(
      "Sentences", orders: orders.map(\.name),
      entries: stride(from: 0, to: count, by: step).map { segment in
        .init(entries.entry(segment), keys: orders.map { $0.keys[segment] })
      })
    let note = HTML.note(
      "Of \(Readable.count(count)) sentences, one in \(step) is shown, so that the page opens quickly.")
    return PageSection(
      step == 1 ? "All sentences" : "Sentences",
      (step == 1 ? [] : [note]) + [SentenceEntries.legend, list.html])
  }

  /// What sentences can be sorted by, with a key for each segment; keys ascend.
  private func sentenceOrders(_ measured: MeasuredSegments) -> [(name: String, keys: [Double])] {
    let goodness = measured.goodness(self)
    let isSingle = systems.count == 1
    var orders = zip(systems, goodness).flatMap { system, scores in
      let name = isSingle ? "" : " of \(system.name)"
      return [("Worst\(name) first", scores), ("Best\(name) first", scores.map { -$0 })]
    }
    if !isSingle { orders.append(("Systems differ most first", Self.spread(goodness).map { -$0 })) }
    orders.append(("Longest first", measured.referenceWords.map { -Double($0.count) }))
    return orders.map { (name: $0.0, keys: $0.1) }
  }

  /// How far the scores of systems are apart, by segment.
  private static func spread(_ goodness: [[Double]]) -> [Double] {
    goodness[0].indices.map { segment in
      let scores = goodness.map { $0[segment] }
      return (scores.max() ?? 0) - (scores.min() ?? 0)
    }
  }
}
