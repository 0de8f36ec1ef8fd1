import Glibc

/// From numbers to places in a picture.
package struct ChartScale {
  private let scaling: ChartAxis.Scaling
  private let numbers: ClosedRange<Double>
  /// Where the first and the last number are.
  private let begin, end: Double

  /// A scale.
  ///
  /// - Parameters:
  ///   - scaling: how numbers become places.
  ///   - numbers: the first and the last number, positive if the scale is logarithmic.
  ///   - begin: the place of the first number.
  ///   - end: the place of the last number.
  package init(scaling: ChartAxis.Scaling, numbers: ClosedRange<Double>, begin: Double, end: Double) {
    (self.scaling, self.numbers, self.begin, self.end) = (scaling, numbers, begin, end)
  }

  /// The place of a number.
  package func callAsFunction(_ number: Double) -> Double {
    let (low, high) = (transformed(numbers.lowerBound), transformed(numbers.upperBound))
    return begin + (end - begin) * (transformed(number) - low) / (high - low)
  }

  private func transformed(_ number: Double) -> Double { scaling == .linear ? number : log(number) }
}
