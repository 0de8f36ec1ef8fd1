/// Numbers that change along an axis, such as a loss over updates, as lines or points.
package struct LineChart: Chart {
  /// Numbers that belong together.
  package struct Series: Sendable {
    /// What they are, such as "Validation".
    package var name: String
    /// Places on both axes.
    ///
    /// Numbers that are not finite are left out.
    package var points: [(x: Double, y: Double)]
    /// Intervals around points, such as of confidence, drawn as a band; empty if there are none.
    package var band: [(x: Double, low: Double, high: Double)]
    /// Whether a line connects the points.
    package var hasLine: Bool

    /// A series.
    ///
    /// - Parameters:
    ///   - name: what the numbers are.
    ///   - points: places on both axes, in order of `x`.
    ///   - band: intervals around points; empty if there are none.
    ///   - hasLine: whether a line connects the points.
    package init(
      _ name: String, _ points: [(x: Double, y: Double)], band: [(x: Double, low: Double, high: Double)] = [],
      hasLine: Bool = true
    ) {
      (self.name, self.points, self.band, self.hasLine) = (name, points, band, hasLine)
    }
  }

  /// Something that happened at a place of the horizontal axis, such as a rollback.
  package struct Event: Sendable {
    /// Where it happened.
    package var x: Double
    /// What happened, in a word or two.
    package var name: String

    /// An event.
    package init(x: Double, _ name: String) { (self.x, self.name) = (x, name) }
  }

  package var title: String
  package var summary: String
  /// The horizontal and the vertical axis.
  package var xAxis, yAxis: ChartAxis
  /// The series, each with its own color, dashes and points.
  package var series: [Series]
  /// Things that happened, as vertical lines.
  package var events: [Event]

  /// A chart.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - x: the horizontal axis.
  ///   - y: the vertical axis.
  ///   - series: the data.
  ///   - events: things that happened.
  package init(
    _ title: String, summary: String = "", x: ChartAxis, y: ChartAxis, series: [Series], events: [Event] = []
  ) {
    (self.title, self.summary, xAxis, yAxis) = (title, summary, x, y)
    (self.series, self.events) = (series, events)
  }

  package var picture: HTML {
    let shown = series.map(ShownSeries.init)
    let beside = series.count > 1 ? (series.map { estimatedWidth($0.name) }.max() ?? 0) + 38 : 0
    let eventRows = (placedEvents.map(\.row).max() ?? -1) + 1
    let frame = ChartFrame(
      xAxis, xTicks, yAxis, Ticks(for: shown.flatMap(\.heights), on: yAxis, count: 6),
      above: Self.eventRow * Double(eventRows), beside: min(beside, 190))
    var parts = frame.axes() + eventLines(frame)
    for (index, series) in shown.enumerated() { parts += series.drawn(SeriesMark(index), in: self, frame) }
    if shown.allSatisfy({ $0.points.isEmpty }) {
      parts.append(
        SVG.text("No data", (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, .middle))
    }
    if series.count > 1 { parts += endLabels(shown, frame) }
    return SVG.picture(width: frame.width, height: frame.height, name: spokenName, parts)
  }

  package var table: DataTable {
    let sampled = series.map { ShownSeries($0).sampled(40) }
    let places = Set(sampled.flatMap { $0.map(\.x) }).sorted()
    let numbers = sampled.map { Dictionary($0.map { ($0.x, $0.y) }, uniquingKeysWith: { _, last in last }) }
    let isSample = series.contains { $0.points.count > 40 }
    return DataTable(
      isSample ? "\(title): a sample of the points" : title,
      columns: [.number(xAxis.title, unit: xAxis.unit)] + series.map { .number($0.name, unit: yAxis.unit) },
      rows: places.map { place in
        [.number(place, xAxis.format.text(place))]
          + numbers.map { $0[place].map { .number($0, yAxis.format.text($0)) } ?? .missing }
      })
  }

  /// Events in order, each with the row of its name, so that names do not overlap.
  private var placedEvents: [(event: Event, row: Int)] {
    // Places of names in pixels depend on the axis, but hardly: a name takes its share of a usual width.
    let shown = events.filter { xAxis.shows($0.x) }.sorted { $0.x < $1.x }
    let ticks = xTicks
    let scale = ChartScale(scaling: xAxis.scaling, numbers: ticks.range, begin: 0, end: 500)
    var ends: [Double] = []
    return shown.map { event in
      let (middle, half) = (scale(event.x), estimatedWidth(event.name) / 2 + 4)
      let row = ends.firstIndex { $0 <= middle - half } ?? ends.count
      if row == ends.count { ends.append(0) }
      ends[row] = middle + half
      return (event, row)
    }
  }

  private var xTicks: Ticks {
    let places = series.flatMap { $0.points.map(\.x) } + events.map(\.x)
    return Ticks(for: places, on: xAxis, count: 7, isTight: true)
  }

  private func eventLines(_ frame: ChartFrame) -> [HTML] {
    placedEvents.flatMap { event, row in
      let (x, y) = (frame.x(event.x), frame.top - 9 - Self.eventRow * Double(row))
      return [
        SVG.line("event", x, y + 3, x, frame.bottom),
        SVG.text(event.name, x, y, .middle, class: "note"),
      ]
    }
  }

  /// The height of a row of names of events.
  private static let eventRow = 17.0

  /// The name of each series beside its last point, without overlaps.
  private func endLabels(_ shown: [ShownSeries], _ frame: ChartFrame) -> [HTML] {
    let wanted = shown.enumerated().map { index, series in
      (index: index, y: series.points.last.map { frame.y($0.y) } ?? frame.bottom)
    }.sorted { $0.y < $1.y }
    var places = wanted.map(\.y)
    for place in places.indices.dropFirst() { places[place] = max(places[place], places[place - 1] + 17) }
    let excess = max(0, (places.last ?? 0) - frame.bottom)
    places = places.map { $0 - excess }
    return zip(wanted, places).flatMap { item, y in
      let (mark, x) = (SeriesMark(item.index), frame.right + 6)
      let name = shortened(series[item.index].name, toWidth: 720 - x - 30)
      return [
        series[item.index].hasLine ? mark.line([(x, y), (x + 24, y)]) : .empty,
        mark.point(x + 12, y), SVG.text(name, x + 29, y + 4.5),
      ]
    }
  }
}
