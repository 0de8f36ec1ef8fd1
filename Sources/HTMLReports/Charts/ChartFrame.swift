/// The axes of a chart, and where its data are drawn.
struct ChartFrame {
  /// The size of the whole picture.
  let width, height: Double
  /// Where data are drawn.
  let left, top, right, bottom: Double
  let x, y: ChartScale
  private let xAxis, yAxis: ChartAxis
  private let xTicks, yTicks: Ticks

  /// Axes around data.
  ///
  /// - Parameters:
  ///   - xAxis: what the horizontal axis measures.
  ///   - xTicks: its marks.
  ///   - yAxis: what the vertical axis measures.
  ///   - yTicks: its marks.
  ///   - above: room above the data, such as for a legend.
  ///   - beside: room to the right of the data, such as for labels of lines.
  ///   - below: room for the marks of the horizontal axis.
  init(
    _ xAxis: ChartAxis, _ xTicks: Ticks, _ yAxis: ChartAxis, _ yTicks: Ticks, above: Double = 0,
    beside: Double = 0, below: Double = 22
  ) {
    let height = 318 + above + below
    (width, self.height) = (720, height)
    let labels = yTicks.labels.map(estimatedWidth).max() ?? 0
    (left, right) = (min(labels + 40, 160), 720 - max(beside, 16))
    (top, bottom) = (above + 16, height - below - 26)
    x = ChartScale(scaling: xAxis.scaling, numbers: xTicks.range, begin: left, end: right)
    y = ChartScale(scaling: yAxis.scaling, numbers: yTicks.range, begin: bottom, end: top)
    (self.xAxis, self.yAxis, self.xTicks, self.yTicks) = (xAxis, yAxis, xTicks, yTicks)
  }

  /// Lines, marks and titles of both axes.
  ///
  /// - Parameter namesX: whether the marks of the horizontal axis have texts.
  /// - Returns: elements of the picture.
  func axes(namesX: Bool = true) -> [HTML] {
    var parts: [HTML] = []
    for (place, label) in zip(yTicks.places, yTicks.labels) {
      parts.append(SVG.line("grid", left, y(place), right, y(place)))
      parts.append(SVG.text(label, left - 8, y(place) + 4.5, .end))
    }
    if namesX {
      for (place, label) in zip(xTicks.places, xTicks.labels) {
        parts.append(SVG.line("axis", x(place), bottom, x(place), bottom + 5))
        parts.append(SVG.text(label, x(place), bottom + 19, .middle))
      }
    }
    parts.append(SVG.line("axis", left, bottom, right, bottom))
    parts.append(SVG.line("axis", left, top, left, bottom))
    parts.append(SVG.text(xAxis.label, (left + right) / 2, height - 8, .middle, class: "axis-title"))
    parts.append(SVG.text(yAxis.label, 15, (top + bottom) / 2, .middle, class: "axis-title", turn: -90))
    return parts
  }

  /// The names of series with their marks in a row above the data, and how much room they need.
  static func legend(_ names: [String], hasLines: Bool) -> (parts: [HTML], height: Double) {
    guard names.count > 1 else { return ([], 0) }
    var (parts, x, y): ([HTML], Double, Double) = ([], 12, 16)
    for (index, name) in names.enumerated() {
      let (mark, text) = (SeriesMark(index), shortened(name, toWidth: 240))
      let width = estimatedWidth(text) + 50
      if x + width > 712 { (x, y) = (12, y + 20) }
      if hasLines { parts.append(mark.line([(x, y), (x + 26, y)])) }
      parts.append(mark.point(x + 13, y, size: 4.5))
      parts.append(SVG.text(text, x + 32, y + 4.5))
      x += width
    }
    return (parts, y + 6)
  }
}
