import Foundation
import HTMLReports
import Training

/// Losses of training and validation, and the learning rate.
func lossSection(_ records: TrainingRecords) -> PageSection {
  let title = "Loss and learning rate"
  guard records.log.contains(where: { $0.loss != nil || $0.validPerplexity != nil }) else {
    return missing(title, because: "There are no curves: the folder has no log, or the log has no line yet.")
  }
  let update = ChartAxis("Update")
  let series = [
    LineChart.Series("Training", points(records.kept, \.perplexity) { log($0) }),
    LineChart.Series("Validation", points(records.kept, \.validPerplexity) { log($0) }),
  ]
  let loss = LineChart(
    "Cross-entropy", summary: summaryOfLoss(records), x: update, y: ChartAxis("Loss", unit: "nats per token"),
    series: series.filter { !$0.points.isEmpty }, events: records.marks)
  let rate = LineChart(
    "Learning rate", x: update, y: ChartAxis("Learning rate"),
    series: [.init("Learning rate", points(records.kept, \.learningRate))], events: records.marks)
  let norm = LineChart(
    "Norm of the gradient", summary: "Before clipping, of the newest update of each line of the log.",
    x: update, y: ChartAxis("Norm", scaling: .logarithmic),
    series: [.init("Gradient norm", points(records.kept, \.gradientNorm))], events: records.marks)
  var figures = [loss.figure, rate.figure, norm.figure]
  let extra = [
    ("Training loss that was undone by rollbacks", points(records.undone, \.perplexity) { log($0) }),
    ("Divergence of R-Drop's predictions", points(records.kept, \.divergence)),
    ("Loss of guided alignment", points(records.kept, \.alignmentLoss)),
  ]
  for (name, points) in extra where !points.isEmpty {
    figures.append(
      LineChart(
        name, x: update, y: ChartAxis("Loss", unit: "nats per token"), series: [.init(name, points)],
        events: records.marks
      ).figure)
  }
  return PageSection(title, figures)
}

private func summaryOfLoss(_ records: TrainingRecords) -> String {
  var words = "Both without label smoothing, so that they can be compared."
  let losses = records.validations.compactMap(\.validPerplexity).map { log($0) }.filter(\.isFinite)
  if let first = losses.first, let least = losses.min(), least < first {
    words += " In validation it went from \(decimal(first, 3)) to \(decimal(least, 3)) at best."
  }
  return words
}

/// Scores of translations over time, and all validations as a table.
func scoreSection(_ records: TrainingRecords) -> PageSection {
  let title = "Scores of validations"
  let validations = records.validations
  guard !validations.isEmpty else {
    return missing(title, because: "There are no scores: there was no validation yet.")
  }
  let time = ChartAxis("Time", format: .duration)
  var figures: [HTML] = []
  let scores: [(String, (TrainingLogEntry) -> Double?)] = [
    ("BLEU", { $0.validBLEU }), ("chrF", { $0.validChrF }),
  ]
  let series = scores.map { name, score in
    LineChart.Series(name, validations.compactMap { entry in score(entry).map { (entry.seconds, $0) } })
  }.filter { !$0.points.isEmpty }
  if series.isEmpty {
    figures.append(.note("The training did not measure BLEU or chrF; --valid-metrics does."))
  } else {
    figures.append(
      LineChart(
        series.map(\.name).joined(separator: " and ") + " over time", x: time,
        y: ChartAxis("Score", shown: 0...1),
        series: series, events: records.marksOverTime
      ).figure)
  }
  let own = validations.compactMap { entry in entry.validScript.map { (x: entry.seconds, y: $0) } }
  if !own.isEmpty {
    figures.append(
      LineChart(
        "Score of --valid-script over time", x: time, y: ChartAxis("Score"), series: [.init("Own score", own)]
      ).figure)
  }
  return PageSection(title, figures + [validationTable(validations).html])
}

private func validationTable(_ validations: [TrainingLogEntry]) -> DataTable {
  let scores: [(name: String, decimals: Int, score: (TrainingLogEntry) -> Double?)] = [
    ("Perplexity", 3, { $0.validPerplexity }), ("BLEU", 2, { $0.validBLEU }), ("chrF", 2, { $0.validChrF }),
    ("Own score", 3, { $0.validScript }),
  ].filter { item in validations.contains { item.2($0) != nil } }
  return DataTable(
    "Validations",
    columns: [.number("Update"), .number("Epoch"), .number("Time")] + scores.map { .number($0.name) }
      + ["Best so far"],
    rows: validations.suffix(500).map { entry in
      [
        .number(Double(entry.update), count(entry.update)), .number(Double(entry.epoch), "\(entry.epoch)"),
        .number(entry.seconds, duration(entry.seconds)),
      ]
        + scores.map { item in
          item.score(entry).map { .number($0, decimal($0, item.decimals)) } ?? .missing
        } + [entry.isBest == true ? "yes" : "no"]
    })
}

/// Speed and memory over time.
func paceSection(_ records: TrainingRecords) -> PageSection {
  let title = "Speed and memory"
  let time = ChartAxis("Time", format: .duration)
  func points(_ number: (TrainingLogEntry) -> Double?) -> [(x: Double, y: Double)] {
    records.log.compactMap { entry in number(entry).map { (entry.seconds, $0) } }
  }
  let speeds = points(\.targetTokensPerSecond)
  guard !speeds.isEmpty else {
    return missing(title, because: "There are no figures of speed: the log has no line about updates.")
  }
  let speed = LineChart(
    "Speed", summary: "Validations and checkpoints do not count.", x: time,
    y: ChartAxis("Speed", unit: "target tokens per second", shown: 0...0),
    series: [.init("Speed", speeds)], events: records.marksOverTime)
  let memory = points { $0.memory.map(Double.init) }
  guard !memory.isEmpty else {
    return PageSection(title, [speed.figure, .note("The log of this training has no figures of memory.")])
  }
  let use = LineChart(
    "Memory of the process", x: time, y: ChartAxis("Memory", format: .bytes, shown: 0...0),
    series: [.init("Memory", memory)], events: records.marksOverTime)
  return PageSection(title, [speed.figure, use.figure])
}

/// Numbers of the log by update.
private func points(
  _ entries: [TrainingLogEntry], _ number: (TrainingLogEntry) -> Double?,
  _ shown: (Double) -> Double = { $0 }
) -> [(x: Double, y: Double)] {
  entries.compactMap { entry in number(entry).map { (Double(entry.update), shown($0)) } }
}
