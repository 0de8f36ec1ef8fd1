import Formatting
import HTMLReports
import ModelDescription

/// The measured speed on this machine.
func speedSection(_ speed: SpeedDescription) -> PageSection {
  let training = LineChart(
    "Speed of training by the size of batches", x: ChartAxis("Batch", unit: "tokens"),
    y: ChartAxis("Speed", unit: "target tokens per second", shown: 0...0),
    series: speed.training.map { training in
      LineChart.Series(
        training.precision, training.batches.map { (Double($0.batchTokens), $0.tokensPerSecond) })
    })
  let operations = speed.training.map { training in
    DataTable(
      "Operations of training in \(training.precision)",
      columns: [
        "Operation", .number("Forward", unit: "GFLOP/s"), .number("Backward", unit: "GFLOP/s"),
        .number("Share of the time", unit: "%"),
      ],
      rows: training.operations.map { operation in
        [
          .text(operation.name), rate(operation.forward), rate(operation.backward),
          .number(100 * operation.share),
        ]
      }
    ).html
  }
  let decoding = DataTable(
    "Speed of translation, and the tokens a second that products and memory allow",
    columns: [
      "Search", "Products", .number("Threads"), .number("Together"), .number("Sentences/s"),
      .number("Tokens/s"), .number("Products allow"), .number("Memory allows"),
    ],
    rows: speed.decoding.map { item in
      [
        .text(item.search), .text(item.compute), .number(Double(item.threads)),
        .number(Double(item.sentences)),
        .number(item.sentencesPerSecond), .number(item.tokensPerSecond), .number(item.productBound),
        item.bandwidthBound.map { .number($0) } ?? .missing,
      ]
    })
  return PageSection(
    "Speed on this machine",
    [
      .note(
        .text(
          "Measured on random tokens with \(speed.threads) threads; \(speed.kernels). One thread reads "
            + "\(Readable.decimal(speed.readBandwidth / 1e9, 1)) GB/s from memory."))
    ] + (speed.training.isEmpty ? [] : [training.figure]) + operations + [decoding.html])
}

private func rate(_ flops: Double?) -> DataTable.Cell { flops.map { .number($0 / 1e9) } ?? .missing }
