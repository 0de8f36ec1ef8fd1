import Formatting
import HTMLReports
import ModelDescription

/// The architecture, and the parameters of each module.
func shapeSection(_ description: ModelDescription) -> PageSection {
  let shape = description.architecture
  var entries: [(name: String, value: HTML)] = [
    ("Parameters", .text(Readable.count(description.parameterCount))),
    ("Encoder", .text("\(shape.encoderLayers) layers, feed-forward \(shape.innerSize)")),
  ]
  if shape.decoderLayers > 0 {
    entries.append(
      (
        "Decoder",
        .text("\(shape.decoderLayers) layers of \(shape.decoderCell), feed-forward \(shape.decoderInnerSize)")
      ))
  }
  if let method = shape.nonautoregressiveMethod, let layers = shape.nonautoregressiveLayers {
    entries.append(("Non-autoregressive decoder", .text("\(layers) layers of \(method)")))
  }
  entries += [
    ("Size", .text("\(shape.size), \(shape.heads) heads")),
    ("Layers", .text("\(shape.norm)-norm, \(shape.activation), \(shape.positions) positions")),
    (
      "Vocabulary",
      .text(
        "\(Readable.count(shape.sourceVocabularySize)) source and "
          + "\(Readable.count(shape.targetVocabularySize)) target tokens, tied: \(shape.tying)")
    ),
    (
      "Size on disk",
      .text(
        description.disk.weights.map { "\(Readable.bytes($0.bytes)) as \($0.type)" }.joined(separator: ", "))
    ),
  ]
  let total = Double(max(description.parameterCount, 1))
  let modules = description.parameters
  let chart = BarChart(
    "Parameters of each module", x: ChartAxis("Module"),
    y: ChartAxis("Parameters", unit: "millions"), groups: modules.map(\.title),
    series: [BarChart.Series("Parameters", modules.map { Double($0.count) / 1e6 })])
  let table = DataTable(
    "Parameters by module",
    columns: ["Module", .number("Layers"), .number("Parameters"), .number("Share", unit: "%"), "Trained"],
    rows: modules.map { module in
      [
        .text(module.title), module.layers > 0 ? .number(Double(module.layers)) : .missing,
        .number(Double(module.count), Readable.count(module.count)),
        .number(100 * Double(module.count) / total), module.isTrained ? "yes" : "frozen",
      ]
    })
  return PageSection("Architecture", [.definitions(entries), chart.figure, table.html])
}
