import Formatting
import HTMLReports
import ModelDescription

/// Multiplications and additions, and how attention grows with the length.
func arithmeticSection(_ arithmetic: ArithmeticDescription) -> PageSection {
  let table = DataTable(
    "Arithmetic of products and attention",
    columns: [
      "Part", "For each", .number("Forward", unit: "MFLOP"), .number("Backward", unit: "MFLOP"),
      .number("Share", unit: "%"),
    ],
    rows: arithmetic.parts.map { part in
      [
        .text(part.name), .text(part.unit), .number(part.forward / 1e6), .number(part.backward / 1e6),
        .number(100 * part.share),
      ]
    } + [
      [
        "Together", "target token", .number(arithmetic.forward / 1e6), .number(arithmetic.backward / 1e6),
        .number(100),
      ]
    ], isSortable: false)
  let growth = LineChart(
    "Attention between tokens by length",
    summary: "All other arithmetic of a token does not depend on the length.",
    x: ChartAxis("Length of the sentence", unit: "tokens"),
    y: ChartAxis("Arithmetic of a target token", unit: "MFLOP", shown: 0...0),
    series: [
      LineChart.Series(
        "Attention", arithmetic.attentionByLength.map { (Double($0.length), $0.flop / 1e6) })
    ])
  return PageSection(
    "Arithmetic",
    [
      .note(
        """
        A multiplication and an addition count as two. Sentences have \(arithmetic.length) tokens on each side.
        """), table.html, growth.figure,
    ])
}
