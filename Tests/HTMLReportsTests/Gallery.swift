import HTMLReports

/// A page with every element, for tests and for eyes.
func galleryPage() -> HTMLPage {
  HTMLPage(
    title: "Gallery of all elements <&\"'>", introduction: [.note("Made by a test. Nothing was measured.")],
    sections: [
      PageSection("Training", [lossChart.figure, timeChart.figure]),
      PageSection("Bars", [barChart.figure, manyBars.figure, histogram.figure]),
      PageSection(
        "Words", [],
        subsections: [
          PageSection("Alignment", [alignment.figure]),
          PageSection("Attention", [heatMap.figure, browser.figure]),
        ]),
      PageSection("Sentences", [picker.html, list.html]),
      PageSection(
        "Tables", [sampleTable.html, manifest, HTML.code("Configuration", "{\n  \"layers\": 6\n}")]),
      PageSection(
        "Nothing", [LineChart("Empty", x: ChartAxis("Update"), y: ChartAxis("Loss"), series: []).figure]),
    ])
}

private let updates = (1...200).map { Double($0) * 500 }

private func loss(_ update: Double, plus rest: Double) -> (x: Double, y: Double) {
  (update, rest + 40_000 / (update + 8000))
}

private func interval(_ update: Double) -> (x: Double, low: Double, high: Double) {
  (update, loss(update, plus: 1.7).y, loss(update, plus: 2.1).y)
}

private let training = updates.map { loss($0, plus: 1.5 + $0.truncatingRemainder(dividingBy: 3) / 9) }
private let validated = updates.filter { $0.truncatingRemainder(dividingBy: 5000) == 0 }

private let lossChart = LineChart(
  "Loss", summary: "Both losses fall; the validation loss is lowest at the end.", x: ChartAxis("Update"),
  y: ChartAxis("Loss", unit: "nats per token"),
  series: [
    .init("Training", training),
    .init("Validation", validated.map { loss($0, plus: 1.9) }, band: validated.map(interval)),
    .init("Dropped", [(x: 1000, y: .nan), (x: 2000, y: .infinity)]),
  ],
  events: [.init(x: 30000, "rolled back"), .init(x: 32000, "resumed"), .init(x: 80000, "best")])

private let timeChart = LineChart(
  "Learning rate", x: ChartAxis("Time", format: .duration),
  y: ChartAxis("Learning rate", scaling: .logarithmic),
  series: [.init("Learning rate", (1...100).map { (x: Double($0) * 97, y: learningRate(Double($0))) })])

private func learningRate(_ update: Double) -> Double { min(update / 20, (20 / update).squareRoot()) * 7e-4 }

private let barChart = BarChart(
  "chrF by sentence length", summary: "Long sentences are harder for all systems.",
  x: ChartAxis("Words of the reference"), y: ChartAxis("chrF"),
  groups: ["1–9", "10–19", "20–29", "30–39", "40 and more"],
  series: [
    .init("baseline", [61.2, 58.4, 55.1, 52, 48.7], errors: [2, 1.2, 1.4, 2.2, 3]),
    .init("larger model", [63, 60.2, 57.3, 54.1, nil], errors: [2.1, 1.1, 1.5, 2, nil]),
    .init("larger model, glossary", [62.5, 60.4, 58, 54.9, 51]),
  ])

private let manyBars = BarChart(
  "Time of each part", x: ChartAxis("Part"), y: ChartAxis("Time", format: .duration),
  groups: (1...14).map { "a part with a long name \($0)" },
  series: [.init("Time", (1...14).map { Double($0 * $0) })])

private let histogram = Histogram(
  "Sentence lengths", x: ChartAxis("Length", unit: "subwords"), y: ChartAxis("Sentences"),
  numbers: [
    ("Source", lengths(37, 23)), ("Target", lengths(41, 31)),
  ])

private func lengths(_ first: Int, _ second: Int) -> [Double] {
  (0..<2000).map { Double($0 * 7919 % first + $0 * 104729 % second) }
}

private let source = ["A", "man", "is", "rid@@", "ing", "a", "bicycle", "down", "the", "street", "."]
private let target = [
  "Ein", "Mann", "fährt", "auf", "einem", "Fahr@@", "rad", "die", "Straße", "entlang", ".",
]

private let alignment = AlignmentDiagram(
  "Word alignment", source: source, target: target,
  links: source.indices.map {
    .init(source: $0, target: ($0 * 3) % target.count, strength: Double($0 % 4) / 3)
  })

private func weights(_ seed: Int) -> [Float] {
  target.indices.flatMap { row in
    source.indices.map { column in Float(max(0, 10 - abs(row - (column + seed) % 11) * 4)) / 10 }
  }
}

private let heatMap = HeatMap(
  "Attention of layer 1, head 1", rowTitle: "Translation", columnTitle: "Source", valueTitle: "Attention",
  rows: target, columns: source, values: weights(0))

private let browser = AttentionBrowser(
  "Attention of the decoder to the source", summary: "Choose a sentence, a layer and a head.",
  sentences: (0..<3).map { sentence in
    .init(
      "Sentence \(sentence + 1): \(source.joined(separator: " "))", columns: source, rows: target,
      weights: (0..<3).map { layer in (0..<4).map { weights($0 + layer + sentence) } })
  })

private let hostile = "</script><img src=x onerror=alert(1)>\u{1}\u{202E}& \"quoted\""

private let picker = PanelPicker(
  "Sentence", ["A man is riding.", "سلام عليكم", hostile].map { .init($0, .paragraph(.userText($0))) })

private let list = FilteredList(
  "Sentences", orders: ["Shortest first"],
  entries: (1...30).map { number in
    let text = (0..<number).map { "word\($0)" }.joined(separator: " ")
    let difference = WordDifference(reference: text, translation: String(text.map { $0 == "3" ? "4" : $0 }))
    return .init(
      .paragraph(.userText("\(number). \(number == 7 ? hostile : "")"))
        + .paragraph(.userText(difference.html)),
      keys: [Double(text.count)])
  })

private let sampleTable = DataTable(
  "Scores of all systems", columns: ["System", .number("BLEU"), .number("Time", unit: "s"), "Note"],
  rows: [
    ["baseline", .number(31.42), .number(12345), "–"],
    [.text(hostile), .number(33.1, "33.10"), .missing, "best"],
    ["third", .number(.nan), .number(0.00012), .html(.element("strong", [:], "bold"), sortedBy: 1)],
  ])

private let manifest = HTML.definitions([
  ("Version", "0.1.0"), ("Training text", "200,000 pairs"), ("Seed", "1"),
])
