/// Numbers of several groups, such as scores by sentence length, as bars side by side.
package struct BarChart: Chart {
  /// The bars of one kind, one in each group.
  package struct Series: Sendable {
    /// What they are, such as a system.
    package var name: String
    /// A number for each group; nil where there is none.
    package var values: [Double?]
    /// How far a number may be off in either direction, for each group; empty if that is not known.
    package var errors: [Double?]

    /// Bars of one kind.
    package init(_ name: String, _ values: [Double?], errors: [Double?] = []) {
      (self.name, self.values, self.errors) = (name, values, errors)
    }
  }

  package var title: String
  package var summary: String
  /// What the groups are; its scaling and format have no effect.
  package var xAxis: ChartAxis
  /// What the bars measure; it is linear, and begins at 0.
  package var yAxis: ChartAxis
  /// The names of the groups.
  package var groups: [String]
  /// The bars.
  package var series: [Series]

  /// A chart.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - x: what the groups are.
  ///   - y: what the bars measure.
  ///   - groups: the names of the groups.
  ///   - series: bars, each with a value for each group.
  /// - Precondition: every series has a value for each group.
  package init(
    _ title: String, summary: String = "", x: ChartAxis, y: ChartAxis, groups: [String], series: [Series]
  ) {
    precondition(
      series.allSatisfy { $0.values.count == groups.count }, "BarChart '\(title)': not \(groups.count) values"
    )
    (self.title, self.summary, xAxis, yAxis) = (title, summary, x, y)
    (self.groups, self.series) = (groups, series)
    yAxis.scaling = .linear
  }

  package var picture: HTML {
    let heights = series.flatMap { series in
      series.values.indices.flatMap { Self.ends(series, $0) }
    }
    let legend = ChartFrame.legend(series.map(\.name), hasLines: false)
    let widest = groups.map(estimatedWidth).max() ?? 0
    let isCrowded = widest > 640 / Double(max(groups.count, 1)) - 6
    let frame = ChartFrame(
      xAxis, Ticks(for: [0, Double(max(groups.count, 1))], on: ChartAxis(""), count: 2, isTight: true), yAxis,
      Ticks(for: heights + [0], on: yAxis, count: 6), above: legend.height + (series.count > 1 ? 8 : 0),
      below: isCrowded ? min(widest, 112) * 0.65 + 26 : 22)
    var parts = legend.parts + frame.axes(namesX: false)
    for (index, name) in groups.enumerated() {
      let x = frame.x(Double(index) + 0.5)
      parts.append(
        isCrowded
          ? SVG.text(shortened(name, toWidth: 112), x + 4, frame.bottom + 14, .end, turn: -40)
          : SVG.text(name, x, frame.bottom + 19, .middle))
      parts += bars(index, frame)
    }
    return SVG.picture(width: frame.width, height: frame.height, name: spokenName, parts)
  }

  package var table: DataTable {
    let hasErrors = series.map { $0.errors.contains { $0 != nil } }
    let columns = zip(series, hasErrors).flatMap { series, hasErrors in
      [DataTable.Column.number(series.name, unit: yAxis.unit)]
        + (hasErrors ? [.number("\(series.name), ±", unit: yAxis.unit)] : [])
    }
    return DataTable(
      title, columns: [.text(xAxis.label)] + columns,
      rows: groups.indices.map { group in
        [.text(groups[group])]
          + zip(series, hasErrors).flatMap { series, hasErrors in
            [cell(series.values[group])] + (hasErrors ? [cell(Self.error(series, group))] : [])
          }
      })
  }

  private func cell(_ number: Double?) -> DataTable.Cell {
    number.map { .number($0, yAxis.format.text($0)) } ?? .missing
  }

  private static func error(_ series: Series, _ group: Int) -> Double? {
    series.errors.indices.contains(group) ? series.errors[group] : nil
  }

  private static func ends(_ series: Series, _ group: Int) -> [Double] {
    guard let value = series.values[group] else { return [] }
    let error = error(series, group) ?? 0
    return [value - error, value, value + error]
  }

  private func bars(_ group: Int, _ frame: ChartFrame) -> [HTML] {
    let (begin, room) = (frame.x(Double(group)), frame.x(Double(group + 1)) - frame.x(Double(group)))
    let width = min(48, room * 0.8 / Double(max(series.count, 1)))
    let first = begin + (room - width * Double(series.count)) / 2
    return series.enumerated().flatMap { index, series -> [HTML] in
      guard let value = series.values[group], value.isFinite else { return [] }
      let (mark, x) = (SeriesMark(index), first + width * Double(index))
      let (top, bottom) = (min(frame.y(value), frame.y(0)), max(frame.y(value), frame.y(0)))
      let hint = "\(series.name), \(groups[group]): \(yAxis.format.text(value))"
      var parts = [
        SVG.rectangle(
          "bar \(mark.colorClass)", x: x + 1, y: top, width: max(width - 2, 1), height: bottom - top,
          hint: hint)
      ]
      let middle = x + width / 2
      var above = top
      if let error = Self.error(series, group), error.isFinite {
        let (high, low) = (frame.y(value + error), frame.y(value - error))
        above = high
        parts.append(SVG.line("error", middle, high, middle, low))
        for y in [high, low] { parts.append(SVG.line("error", middle - 4, y, middle + 4, y)) }
      }
      // Bars have the points of lines, so that colors are not needed.
      if self.series.count > 1 {
        parts.append(mark.point(middle, max(above - 8, 6), size: min(4, width / 2.6)))
      }
      return parts
    }
  }
}
