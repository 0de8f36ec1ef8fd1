/// How often numbers occur, such as lengths of sentences.
package struct Histogram: Chart {
  /// Counts of one kind of number.
  package struct Series: Sendable {
    /// What the numbers are, such as "Source".
    package var name: String
    /// How many are in each bin.
    package var counts: [Int]

    /// Counts for each bin.
    package init(_ name: String, counts: [Int]) { (self.name, self.counts) = (name, counts) }
  }

  package var title: String
  package var summary: String
  /// What the numbers measure.
  package var xAxis: ChartAxis
  /// What is counted, such as "Sentences".
  package var yAxis: ChartAxis
  /// Where bins begin, ascending, and where the last one ends.
  package var edges: [Double]
  /// The counts.
  package var series: [Series]

  /// A histogram of numbers.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - x: what the numbers measure.
  ///   - y: what is counted.
  ///   - numbers: the numbers of each series; those that are not finite are left out.
  ///   - binCount: about how many bins; they have round widths, of whole numbers if the numbers are.
  package init(
    _ title: String, summary: String = "", x: ChartAxis, y: ChartAxis,
    numbers: [(name: String, values: [Double])], binCount: Int = 30
  ) {
    let all = numbers.flatMap(\.values).filter { $0.isFinite && $0.magnitude < 1e300 }
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let isWhole = all.allSatisfy { $0 == $0.rounded() }
    var width = niceStep(
      atLeast: max((high - low) / Double(max(binCount, 1)), 1e-12 * max(abs(low), abs(high), 1)), x.format)
    if isWhole { width = max(width.rounded(.up), 1) }
    let first = (low / width).rounded(.down)
    // A number at the end of the last bin belongs to it, unless bins hold whole numbers.
    let end = isWhole ? (high / width).rounded(.down) + 1 : max((high / width).rounded(.up), first + 1)
    let count = min(Int(end - first), 10 * max(binCount, 1))
    let series = numbers.map { item in
      var counts = [Int](repeating: 0, count: count)
      for number in item.values where number.isFinite && number.magnitude < 1e300 {
        counts[max(0, min(count - 1, Int((number / width).rounded(.down) - first)))] += 1
      }
      return Series(item.name, counts: counts)
    }
    self.init(
      title, summary: summary, x: x, y: y, edges: (0...count).map { (first + Double($0)) * width },
      series: series)
  }

  /// A histogram of counts.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - x: what the numbers measure.
  ///   - y: what is counted.
  ///   - edges: where bins begin, ascending, and where the last one ends.
  ///   - series: counts for each bin.
  /// - Precondition: there is one more edge than counts in each series.
  package init(
    _ title: String, summary: String = "", x: ChartAxis, y: ChartAxis, edges: [Double], series: [Series]
  ) {
    precondition(
      edges.count > 1 && series.allSatisfy { $0.counts.count == edges.count - 1 },
      "Histogram '\(title)': \(edges.count) edges")
    (self.title, self.summary, xAxis, yAxis) = (title, summary, x, y)
    (self.edges, self.series) = (edges, series)
  }

  package var picture: HTML {
    let legend = ChartFrame.legend(series.map(\.name), hasLines: true)
    let frame = ChartFrame(
      xAxis, Ticks(for: edges, on: xAxis, count: 8, isTight: true), yAxis,
      Ticks(for: series.flatMap { $0.counts.map(Double.init) } + [0], on: yAxis, count: 6),
      above: legend.height)
    var parts = legend.parts + frame.axes()
    for (index, series) in series.enumerated() {
      let mark = SeriesMark(index)
      let ends = (begin: frame.x(edges[0]), end: frame.x(edges[edges.count - 1]))
      let steps = series.counts.enumerated().flatMap { bin, count in
        [edges[bin], edges[bin + 1]].map { (x: frame.x($0), y: frame.y(Double(count))) }
      }
      let closed = [(x: ends.begin, y: frame.bottom)] + steps + [(x: ends.end, y: frame.bottom)]
      parts.append(SVG.path("band \(mark.colorClass)", closed, isClosed: true))
      parts.append(mark.line(closed))
      if self.series.count > 1,
        let peak = series.counts.indices.max(by: { series.counts[$0] < series.counts[$1] })
      {
        let x = (frame.x(edges[peak]) + frame.x(edges[peak + 1])) / 2
        parts.append(mark.point(x, frame.y(Double(series.counts[peak])), size: 4.5))
      }
    }
    for bin in edges.indices.dropLast() {
      let hint = series.map { "\(name(ofBin: bin)), \($0.name): \($0.counts[bin])" }.joined(separator: "\n")
      parts.append(
        SVG.rectangle(
          "touch", x: frame.x(edges[bin]), y: frame.top, width: frame.x(edges[bin + 1]) - frame.x(edges[bin]),
          height: frame.bottom - frame.top, hint: hint))
    }
    return SVG.picture(width: frame.width, height: frame.height, name: spokenName, parts)
  }

  package var table: DataTable {
    DataTable(
      title, columns: [.number(xAxis.title, unit: xAxis.unit)] + series.map { .number($0.name) },
      rows: edges.indices.dropLast().map { bin in
        [.number(edges[bin], name(ofBin: bin))]
          + series.map { .number(Double($0.counts[bin]), "\($0.counts[bin])") }
      })
  }

  private func name(ofBin bin: Int) -> String {
    let (begin, end) = (edges[bin], edges[bin + 1])
    let isWhole = begin == begin.rounded() && end == end.rounded() && xAxis.format == .number
    if isWhole, end - begin == 1 { return xAxis.format.text(begin) }
    return "\(xAxis.format.text(begin))–\(xAxis.format.text(isWhole ? end - 1 : end))"
  }
}
