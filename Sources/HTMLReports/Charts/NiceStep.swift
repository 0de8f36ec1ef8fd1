import Formatting

/// The smallest round distance between marks of an axis that is not below a number.
///
/// - Parameters:
///   - least: a positive number.
///   - format: how numbers are written; round times are not round numbers.
/// - Returns: 1, 2 or 5 times a power of ten; for times, a usual length of time; for bytes, a power of two.
func niceStep(atLeast least: Double, _ format: ChartAxis.Format) -> Double {
  switch format {
  case .duration where least > 5:
    let (minute, hour, day) = (60.0, 3600.0, 86400.0)
    let times = [
      10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour,
      3 * hour,
      6 * hour, 12 * hour, day,
    ]
    return times.first { $0 >= least } ?? niceStep(atLeast: least / day, .number) * day
  case .bytes where least > 1:
    var step = 1.0
    while step < least { step *= 2 }
    return step
  case .number, .percent, .duration, .bytes:
    let unit = power(exponent(of: least))
    return [1, 2, 5, 10].map { $0 * unit }.first { $0 >= least * (1 - 1e-9) } ?? 10 * unit
  }
}

extension ChartAxis.Format {
  /// A number as people read it.
  func text(_ number: Double) -> String {
    guard number.isFinite else { return "–" }
    return switch self {
    case .number: compactNumber(number)
    case .duration: number < 0 ? "−" + Readable.duration(-number) : Readable.duration(number)
    case .bytes: number.magnitude < 1e18 ? Readable.bytes(Int(number)) : compactNumber(number)
    case .percent: compactNumber((number * 1000).rounded() / 10) + " %"
    }
  }
}

/// A number with the given number of decimals and a minus sign that is as wide as a digit.
func fixedNumber(_ number: Double, _ decimals: Int) -> String {
  (number < 0 ? "−" : "") + Readable.decimal(number.magnitude, decimals)
}
