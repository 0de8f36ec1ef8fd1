import Confidence
import HTMLReports

/// What the model's probabilities are worth.
func confidenceSection(_ records: TrainingRecords) -> PageSection {
  let title = "Confidence"
  guard let map = records.confidence else {
    return missing(
      title,
      because:
        "The model's probabilities are not calibrated: training does that at its end, unless --skip-calibration "
        + "is given, and calibrate-model at any time.")
  }
  let chart = LineChart(
    "What probabilities are worth",
    summary: "A model that knew how sure it can be would lie on the straight line.",
    x: ChartAxis("Probability, or mean of the words' confidence", format: .percent, shown: 0...1),
    y: ChartAxis("Share that a reference has, too", format: .percent, shown: 0...1),
    series: [
      .init("Words", points(map.words)), .init("Sentences", points(map.sentences)),
      .init("Perfect", [(0, 0), (1, 1)]),
    ])
  let measured = map.measured
  return PageSection(
    title,
    [
      chart.figure,
      .definitions([
        ("Sentences it was learned from", .text(count(measured.sentences))),
        ("Their words", .text(count(measured.words))),
        ("Share of words that references have", .text(percent(measured.shareOfWords))),
        ("Expected calibration error of words", .text(decimal(measured.wordError, 4))),
        ("Expected calibration error of sentences", .text(decimal(measured.sentenceError, 4))),
      ]),
    ])
}

private func points(_ map: MonotoneMap) -> [(x: Double, y: Double)] {
  zip(map.inputs, map.outputs).map { ($0, $1) }
}
