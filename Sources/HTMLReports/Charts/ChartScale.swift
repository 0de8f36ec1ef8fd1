import Glibc

/// From numbers to places in a picture.
struct ChartScale {
  let scaling: ChartAxis.Scaling
  let numbers: ClosedRange<Double>
  /// Where the first and the last number are.
  let begin, end: Double

  /// The place of a number.
  func callAsFunction(_ number: Double) -> Double {
    let (low, high) = (transformed(numbers.lowerBound), transformed(numbers.upperBound))
    return begin + (end - begin) * (transformed(number) - low) / (high - low)
  }

  private func transformed(_ number: Double) -> Double { scaling == .linear ? number : log(number) }
}
