import Formatting
import HTMLReports
import ModelDescription

/// The memory of training by its parts, and how it grows.
func trainingMemorySection(_ memory: TrainingMemoryDescription) -> PageSection {
  let state = memory.optimizers.first { $0.name == memory.optimizer } ?? memory.optimizers.first
  let parts: [(name: String, bytes: Int)] = [
    ("Parameters", memory.parameters), ("Moving average", memory.average),
    ("Optimizer", state?.bytes ?? 0), ("Rounded weights", memory.rounded),
    ("Position tables", memory.constants),
    ("Gradients", memory.shards * memory.gradientsOfShard),
    ("Activations", memory.shards * memory.activationsOfShard),
    ("Program and text", memory.program),
  ].filter { $0.1 > 0 }
  let chart = BarChart(
    "Memory of an update by its parts",
    summary:
      "With \(memory.optimizer) and \(memory.shards) shards, the process needs \(Readable.bytes(memory.peak)) at its peak.",
    x: ChartAxis("Part"),
    y: ChartAxis("Memory", format: .bytes), groups: parts.map(\.name),
    series: [BarChart.Series("Memory", parts.map { Double($0.bytes) })])
  let growth = LineChart(
    "Activations of a whole batch by its size",
    summary: "Only pieces of it are in memory at a time, so the peak of the process does not grow like this.",
    x: ChartAxis("Batch", unit: "tokens"), y: ChartAxis("Memory", format: .bytes, shown: 0...0),
    series: lengths(memory.growth).map { length in
      LineChart.Series(
        "\(length) tokens a sentence",
        memory.growth.filter { $0.length == length }.map {
          (Double($0.batchTokens), Double($0.batchActivations))
        })
    })
  let table = DataTable(
    "Growth of the memory of training",
    columns: [
      .number("Batch", unit: "tokens"), .number("Length", unit: "tokens"),
      .number("Activations of the batch"),
      .number("Activations at a time"), .number("Peak of the process"),
    ],
    rows: memory.growth.map { item in
      [
        .number(Double(item.batchTokens), Readable.count(item.batchTokens)), .number(Double(item.length)),
        bytes(item.batchActivations), bytes(item.activations), bytes(item.peak),
      ]
    })
  return PageSection("Memory of training", [chart.figure, growth.figure, table.html])
}

/// The memory of translation, and how a sentence's part grows.
func decodingMemorySection(_ memory: DecodingMemoryDescription) -> PageSection {
  let rows: [(String, Int)] = [
    ("Cache of a target token, each hypothesis", memory.cacheOfToken),
    ("State of a hypothesis", memory.stateOfHypothesis),
    ("Keys and values of a source token", memory.sourceToken),
    ("A sentence of \(memory.length) tokens, beam \(memory.beam)", memory.cacheOfSentence),
  ].filter { $0.1 > 0 }
  let parts = DataTable(
    "Memory while sentences are translated", columns: ["What", .number("Memory")],
    rows: rows.map { [.text($0.0), bytes($0.1)] }, isSortable: false)
  let compute = DataTable(
    "Peak of the process by the type of products",
    columns: [
      "Products", .number("Packed matrices"), .number("Peak, greedy"), .number("Peak, beam \(memory.beam)"),
    ],
    rows: memory.compute.map { [.text($0.type), bytes($0.packed), bytes($0.greedyPeak), bytes($0.beamPeak)] })
  var contents = [parts.html, compute.html]
  if memory.cacheOfToken > 0 {
    let beams = memory.growth.map(\.beam).reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
    let growth = LineChart(
      "Cache of a sentence by its length", x: ChartAxis("Length", unit: "tokens"),
      y: ChartAxis("Memory", format: .bytes, shown: 0...0),
      series: beams.map { beam in
        LineChart.Series(
          beam == 1 ? "Greedy" : "Beam \(beam)",
          memory.growth.filter { $0.beam == beam }.map { (Double($0.length), Double($0.bytes)) })
      })
    contents.append(growth.figure)
  }
  return PageSection("Memory of translation", contents)
}

/// The lengths in the order in which they come.
private func lengths(_ growth: [TrainingMemoryDescription.Growth]) -> [Int] {
  growth.map(\.length).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}

private func bytes(_ count: Int) -> DataTable.Cell { .number(Double(count), Readable.bytes(count)) }
