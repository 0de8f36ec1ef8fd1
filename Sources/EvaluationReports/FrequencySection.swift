import Formatting
import HTMLReports

extension EvaluationReport {
  /// How well systems translate words that are rare and frequent in the training text.
  func frequencySection(_ measured: MeasuredSegments) -> PageSection? {
    guard let trainingWords else { return nil }
    let classes = FrequencyClass.classes(
      trainingWords, references: measured.referenceWords, systems: measured.systemWords)
    let chart = BarChart(
      "F-measure of words by their frequency in the training text",
      summary: "Words that are rare in the training text are usually harder. Higher is better.",
      x: ChartAxis("Occurrences in the training text (words of the reference)"),
      y: ChartAxis("F-measure", unit: "%"),
      groups: classes.map { "\($0.name) (\(Readable.count($0.referenceCount)))" },
      series: systems.indices.map { system in
        .init(systems[system].name, classes.map { item in item.fMeasures[system].map { 100 * $0 } })
      })
    return PageSection(
      "Word frequency",
      [
        .note(
          "The training text has \(Readable.count(trainingWords.total)) words. The F-measure is the harmonic mean of "
            + "precision and recall of the words of each sentence, regardless of their order."), chart.figure,
      ])
  }
}
