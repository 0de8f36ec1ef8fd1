/// The points of a series that a chart draws: not more than a screen resolves.
struct ShownSeries {
  /// What has a place, in order of `x`.
  let points: [(x: Double, y: Double)]
  private let series: LineChart.Series

  /// The points that are drawn; of many, those that stand out.
  init(_ series: LineChart.Series) {
    self.series = series
    let valid = series.points.filter { $0.x.isFinite && $0.y.isFinite }
    points = Self.thinned(valid, count: 600)
  }

  /// All numbers on the vertical axis.
  var heights: [Double] { points.map(\.y) + series.band.flatMap { [$0.low, $0.high] } }

  /// At most so many points, evenly spaced, the last one included.
  func sampled(_ count: Int) -> [(x: Double, y: Double)] {
    guard points.count > count else { return points }
    return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
  }

  /// The band, the line and the points.
  func drawn(_ mark: SeriesMark, in chart: LineChart, _ frame: ChartFrame) -> [HTML] {
    let visible = points.filter { chart.xAxis.shows($0.x) && chart.yAxis.shows($0.y) }
    let places = visible.map { (x: frame.x($0.x), y: frame.y($0.y)) }
    var parts: [HTML] = []
    let band = series.band.filter {
      chart.yAxis.shows($0.low) && chart.yAxis.shows($0.high) && chart.xAxis.shows($0.x)
    }
    if band.count > 1 {
      let outline =
        band.map { (x: frame.x($0.x), y: frame.y($0.high)) }
        + band.reversed().map { (x: frame.x($0.x), y: frame.y($0.low)) }
      parts.append(SVG.path("band \(mark.colorClass)", outline, isClosed: true))
    }
    if series.hasLine, places.count > 1 { parts.append(mark.line(places)) }
    // Points of long series would hide the line; some are kept as the series' sign.
    let every = !series.hasLine || places.count <= 40 ? 1 : places.count / 12
    for index in stride(from: 0, to: places.count, by: every) {
      let (x, y) = (chart.xAxis.format.text(visible[index].x), chart.yAxis.format.text(visible[index].y))
      parts.append(
        mark.point(places[index].x, places[index].y, size: 3.5, hint: "\(series.name): \(y) at \(x)"))
    }
    return parts
  }

  /// The least and the greatest of each group of points, in order.
  private static func thinned(_ points: [(x: Double, y: Double)], count: Int) -> [(x: Double, y: Double)] {
    guard points.count > count else { return points }
    let groups = count / 2
    return (0..<groups).flatMap { group in
      let part = points[points.count * group / groups..<points.count * (group + 1) / groups]
      guard let low = part.indices.min(by: { part[$0].y < part[$1].y }),
        let high = part.indices.max(by: { part[$0].y < part[$1].y })
      else { return [(x: Double, y: Double)]() }
      return low == high ? [part[low]] : [part[min(low, high)], part[max(low, high)]]
    }
  }
}
