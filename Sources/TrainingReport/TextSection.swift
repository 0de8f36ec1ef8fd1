import HTMLReports

private let title = "Training text"

/// Lengths and subwords of the training text; nil if they are not known.
func textSection(_ records: TrainingRecords, _ pipeline: ReportedPipeline) -> PageSection? {
  guard let manifest = records.manifest, let pipeline = pipeline.pipeline else { return nil }
  let text = TextStatistics(manifest, records.folder, pipeline)
  guard !text.source.lengths.isEmpty else { return nil }
  let lengths = Histogram(
    "Lengths of sentences", x: ChartAxis("Length", unit: "subwords"), y: ChartAxis("Sentences"),
    numbers: [("Source", text.source.lengths), ("Target", text.target.lengths)], binCount: 40)
  return PageSection(
    title,
    [
      .note(.text(whatWasRead(text))), lengths.figure, splits(text).figure, table(text).html,
    ])
}

/// Why lengths and subwords are not known.
func missingText(_ records: TrainingRecords, _ pipeline: ReportedPipeline) -> PageSection {
  let reason =
    if records.manifest == nil {
      "The training text is not known: there is no training.json, which is written with the first model."
    } else if pipeline.pipeline == nil {
      "The training text cannot be split: the folder has no vocabulary."
    } else {
      "There are no statistics of the training text, because its files are not there any more."
    }
  return missing(title, because: reason)
}

private func whatWasRead(_ text: TextStatistics) -> String {
  "Of the first \(count(text.source.lengths.count)) pairs of \(text.files.joined(separator: ", ")), "
    + "split as the model reads them, without dropout."
    + (text.unread.isEmpty ? "" : " Not there any more: \(text.unread.joined(separator: ", ")).")
}

private func splits(_ text: TextStatistics) -> BarChart {
  func shares(_ side: SideStatistics) -> [Double?] {
    side.wordsByLength.map { side.words > 0 ? Double($0) / Double(side.words) : nil }
  }
  return BarChart(
    "Words by their number of subwords", x: ChartAxis("Subwords of a word"),
    y: ChartAxis("Share of words", format: .percent), groups: ["1", "2", "3", "4", "5", "6 and more"],
    series: [.init("Source", shares(text.source)), .init("Target", shares(text.target))])
}

private func table(_ text: TextStatistics) -> DataTable {
  let sides = [text.source, text.target]
  func row(_ name: String, _ number: (SideStatistics) -> Double, _ words: (Double) -> String)
    -> [DataTable.Cell]
  {
    [.text(name)] + sides.map { .number(number($0), words(number($0))) }
  }
  func ratio(_ one: Int, _ other: Int) -> Double { Double(one) / Double(max(1, other)) }
  return DataTable(
    "Words and subwords", columns: ["Figure", .number("Source"), .number("Target")],
    rows: [
      row("Words in a sentence", { ratio($0.words, $0.lengths.count) }) { decimal($0, 2) },
      row("Subwords in a sentence", { ratio($0.subwords, $0.lengths.count) }) { decimal($0, 2) },
      row("Subwords in a word", { ratio($0.subwords, $0.words) }) { decimal($0, 3) },
      row("Longest sentence, in subwords", { $0.lengths.max() ?? 0 }) { count(Int($0)) },
      row("Unknown subwords", { ratio($0.unknown, $0.subwords) }) { percent($0) },
    ], isSortable: false)
}
