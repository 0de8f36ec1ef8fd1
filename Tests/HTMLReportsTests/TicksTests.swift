import HTMLReports
import Testing

@Suite struct TicksTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let numbers: [Double]
    let axis: ChartAxis
    let labels: [String]
    var testDescription: String { "\(numbers) \(axis.scaling) \(axis.format)" }
  }

  static let cases = [
    Case(numbers: [0, 100], axis: ChartAxis("x"), labels: ["0", "20", "40", "60", "80", "100"]),
    Case(numbers: [1.93, 6.4], axis: ChartAxis("x"), labels: ["1", "2", "3", "4", "5", "6", "7"]),
    Case(numbers: [-0.2, 0.3], axis: ChartAxis("x"), labels: ["−0.2", "−0.1", "0", "0.1", "0.2", "0.3"]),
    Case(numbers: [0, 300_000], axis: ChartAxis("x"), labels: ["0", "100,000", "200,000", "300,000"]),
    Case(numbers: [0, 4e6], axis: ChartAxis("x"), labels: ["0", "1 M", "2 M", "3 M", "4 M"]),
    Case(
      numbers: [2e-5, 9e-4], axis: ChartAxis("x", scaling: .logarithmic),
      labels: ["2e-5", "5e-5", "0.0001", "0.0002", "0.0005", "0.001"]),
    Case(
      numbers: [0, 7000], axis: ChartAxis("x", format: .duration), labels: ["0", "30m", "1h", "1h 30m", "2h"]),
    Case(
      numbers: [0, 3 * 1024], axis: ChartAxis("x", format: .bytes),
      labels: ["0 bytes", "1.00 KiB", "2.00 KiB", "3.00 KiB"]),
    Case(
      numbers: [0, 1], axis: ChartAxis("x", format: .percent),
      labels: ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]),
    Case(
      numbers: [.nan, .infinity], axis: ChartAxis("x"), labels: ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
  ]

  @Test(arguments: cases) func numbersAreRound(_ item: Case) {
    let ticks = Ticks(for: item.numbers, on: item.axis, count: 5)
    #expect(ticks.labels == item.labels)
    #expect(ticks.places == ticks.places.sorted() && Set(ticks.labels).count == ticks.labels.count)
    for number in item.numbers where number.isFinite { #expect(ticks.range.contains(number)) }
  }

  @Test(
    arguments: [[5, 5], [0], [-3], [1e-300], [1e290, -1e290], [1, 1 + 1e-12], [0, 5e-324]] as [[Double]])
  func oddNumbersHaveMarks(_ numbers: [Double]) {
    for scaling in [ChartAxis.Scaling.linear, .logarithmic] {
      let ticks = Ticks(for: numbers, on: ChartAxis("x", scaling: scaling), count: 6)
      #expect(ticks.range.lowerBound < ticks.range.upperBound)
      #expect(ticks.places.count < 40)
    }
  }

  @Test func scalesKeepDifferencesOrRatios() {
    let linear = ChartScale(scaling: .linear, numbers: 0...10, begin: 100, end: 0)
    #expect([0, 2.5, 10].map { linear($0) } == [100, 75, 0])
    let logarithmic = ChartScale(scaling: .logarithmic, numbers: 1...10000, begin: 0, end: 400)
    for (number, place) in [(1.0, 0.0), (10, 100), (1000, 300)] {
      #expect(abs(logarithmic(number) - place) < 1e-9)
    }
  }

  @Test(
    arguments: [
      (0, "0"), (34.123, "34.1"), (0.00012, "0.00012"), (1.2345, "1.23"), (9.999, "10"), (99.96, "100"),
      (1234.5, "1,235"),
      (123_456, "123,456"), (12_345_678, "12.3 M"), (1.5e9, "1.5 G"), (0.0000123, "1.23e-5"), (-2.5, "−2.5"),
      (.nan, "–"),
      (.infinity, "∞"), (9.996e-5, "0.0001"), (1e300, "1e300"), (999_999.7, "1 M"),
    ] as [(Double, String)])
  func numbersAreShort(_ number: Double, _ text: String) {
    #expect(compactNumber(number) == text)
  }
}
