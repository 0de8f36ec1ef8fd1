import HTMLReports
import Testing

@Suite struct ChartTests {
  @Test func longSeriesAreThinnedButKeepTheirExtremes() {
    var points = (0..<100_000).map { (x: Double($0), y: 1.0) }
    points[54_321].y = 9.5
    let chart = LineChart("t", x: ChartAxis("x"), y: ChartAxis("y"), series: [.init("a", points)])
    #expect(chart.picture.markup.utf8.count < 40_000)
    // The axis reaches the peak.
    #expect(chart.picture.markup.contains(">10</text>"))
    #expect(chart.table.rows.count == 40)
  }

  @Test func numbersThatAreNotFiniteAreLeftOut() {
    let points: [(x: Double, y: Double)] = [(0, 1), (1, .nan), (2, .infinity), (3, 0), (4, -1), (.nan, 2)]
    let axis = ChartAxis("y", scaling: .logarithmic)
    let picture = LineChart("t", x: ChartAxis("x"), y: axis, series: [.init("a", points)]).picture.markup
    #expect(!picture.contains("nan") && !picture.contains("inf"))
    #expect(xmlProblem(picture) == nil)
  }

  @Test func seriesDifferWithoutColors() {
    let series = (0..<6).map { LineChart.Series("\($0)", [(0, Double($0)), (1, Double($0))]) }
    let picture = LineChart("t", x: ChartAxis("x"), y: ChartAxis("y"), series: series).picture.markup
    let dashes = picture.split(separator: "stroke-dasharray=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(dashes).count == 5)
  }

  @Test func histogramsCountEveryNumber() {
    let values = (0..<1000).map { Double($0 % 37) }
    let chart = Histogram(
      "t", x: ChartAxis("x"), y: ChartAxis("y"), numbers: [("a", values + [.nan]), ("b", [])], binCount: 12)
    #expect(chart.series[0].counts.reduce(0, +) == 1000 && chart.series[1].counts.reduce(0, +) == 0)
    #expect(chart.edges.allSatisfy { $0 == $0.rounded() })
    for (bin, count) in chart.series[0].counts.enumerated() {
      #expect(count == values.count { chart.edges[bin] <= $0 && $0 < chart.edges[bin + 1] })
    }
  }

  @Test(arguments: [[], [0], [-1e-9, 1e9], [1e250, -1e250]] as [[Double]])
  func oddNumbersHaveAHistogram(_ values: [Double]) {
    let chart = Histogram("t", x: ChartAxis("x"), y: ChartAxis("y"), numbers: [("a", values)])
    #expect(chart.series[0].counts.reduce(0, +) == values.count && chart.edges.count < 400)
    #expect(xmlProblem(chart.picture.markup) == nil)
  }

  @Test func attentionIsSmall() {
    let tokens = (0..<30).map { "token\($0)" }
    let head = (0..<900).map { Float($0) / 900 }
    let sentences = (0..<8).map {
      AttentionBrowser.Sentence(
        "\($0)", columns: tokens, rows: tokens,
        weights: .init(repeating: .init(repeating: head, count: 8), count: 6))
    }
    #expect(AttentionBrowser("t", sentences: sentences).figure.markup.utf8.count < 500_000)
    #expect(packedLetters([0, 0.5, 1, 2, -1, .nan]) == "0Vz z00".filter { $0 != " " })
  }

  @Test func hintsAndTablesHaveTheValues() {
    let map = HeatMap(
      "t", rowTitle: "r", columnTitle: "c", valueTitle: "v", rows: ["x"], columns: ["<a>", "b"],
      values: [0.25, .nan])
    #expect(map.picture.markup.contains("<title>x – &lt;a&gt;: 0.25</title>"))
    #expect(map.table.html.markup.contains(">0.25</td><td class=\"number\">–</td>"))
  }
}
