/// Where an axis has marks, and what stands there.
package struct Ticks: Equatable {
  /// The ends of the axis.
  package let range: ClosedRange<Double>
  /// The marks, ascending.
  package let places: [Double]
  /// The text at each mark.
  package let labels: [String]

  /// Round numbers around data.
  ///
  /// - Parameters:
  ///   - numbers: the data; those without a place on the axis are left out.
  ///   - axis: what the axis shows.
  ///   - count: about how many marks there is room for, 2 or more.
  ///   - isTight: whether the axis ends where the data end, instead of at a mark.
  package init(for numbers: some Sequence<Double>, on axis: ChartAxis, count: Int, isTight: Bool = false) {
    let ends = axis.shown.map { [$0.lowerBound, $0.upperBound] } ?? []
    let (low, high) = Self.extremes(Array(numbers) + ends, axis)
    switch axis.scaling {
    case .linear: self = Self.linear(low, high, axis.format, count: count, isTight: isTight)
    case .logarithmic: self = Self.logarithmic(low, high, axis.format, count: count)
    }
  }

  private init(_ range: ClosedRange<Double>, _ places: [Double], _ labels: [String]) {
    (self.range, self.places, self.labels) = (range, places, labels)
  }

  /// The least and the greatest number, which differ.
  private static func extremes(_ numbers: [Double], _ axis: ChartAxis) -> (Double, Double) {
    // Floating point cannot divide an axis whose numbers are near its limits.
    let shown = numbers.map { $0.magnitude < 1e-200 ? 0 : $0 }.filter {
      axis.shows($0) && $0.magnitude < 1e300
    }
    guard let low = shown.min(), let high = shown.max() else {
      return axis.scaling == .linear ? (0, 1) : (1, 10)
    }
    // A difference that floating point barely resolves is none.
    if high - low > max(low.magnitude, high.magnitude) * 1e-9 { return (low, high) }
    if axis.scaling == .logarithmic { return (low / 2, low * 2) }
    let half = low == 0 ? 0.5 : low.magnitude / 2
    return (low - half, low + half)
  }

  private static func linear(
    _ low: Double, _ high: Double, _ format: ChartAxis.Format, count: Int, isTight: Bool
  ) -> Ticks {
    // An axis that nearly begins at 0 begins there.
    let low = isTight && low > 0 && low < high / 10 ? 0 : low
    let step = niceStep(atLeast: (high - low) / Double(max(count, 2)), format)
    let (first, last) = ((low / step).rounded(.down), (high / step).rounded(.up))
    var places = (0...Int(last - first)).map { (first + Double($0)) * step }
    var range = first * step...last * step
    if isTight {
      range = low...high
      places.removeAll { !range.contains($0) }
    }
    return Ticks(range, places, places.map { label($0, format, step: step) })
  }

  private static func logarithmic(_ low: Double, _ high: Double, _ format: ChartAxis.Format, count: Int)
    -> Ticks
  {
    let (first, last) = (exponent(of: low), exponent(of: high))
    let factors: [Double] = last - first < 2 ? [1, 2, 5] : [1]
    let every = max(1, (last - first + 1) / max(count, 1))
    let places = stride(from: first, through: last + 1, by: every).flatMap { place in
      factors.map { $0 * power(place) }
    }
    // The axis begins and ends at marks.
    let begin = places.last { $0 <= low } ?? low
    let end = places.first { $0 >= high } ?? high
    let shown = places.filter { (begin...end).contains($0) }
    return Ticks(begin...end, shown, shown.map { label($0, format, step: $0) })
  }

  /// The text of a mark, with as many decimals as the step has.
  private static func label(_ number: Double, _ format: ChartAxis.Format, step: Double) -> String {
    switch format {
    case .number:
      let decimals = max(0, -exponent(of: step))
      guard number != 0, number.magnitude < 1e6, decimals <= 4 else { return compactNumber(number) }
      return decimals == 0 ? compactNumber(number.rounded()) : fixedNumber(number, decimals)
    case .duration: return shortDuration(number)
    case .bytes, .percent: return format.text(number)
    }
  }
}

/// A time without its smallest units if they are zero: "0", "30m", "1h 30m".
private func shortDuration(_ seconds: Double) -> String {
  guard seconds != 0 else { return "0" }
  let text = ChartAxis.Format.duration.text(seconds)
  for ending in [" 00s", " 00m", " 0h"] where text.hasSuffix(ending) {
    return String(text.dropLast(ending.count))
  }
  return text
}
