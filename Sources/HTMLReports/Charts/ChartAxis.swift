/// What an axis measures, and how.
package struct ChartAxis: Sendable {
  /// How numbers become places.
  package enum Scaling: Sendable {
    /// Equal differences have equal lengths.
    case linear
    /// Equal ratios have equal lengths; numbers that are not positive are left out.
    case logarithmic
  }

  /// How numbers are written.
  package enum Format: Sendable {
    /// As a decimal number.
    case number
    /// Seconds as "3m 20s".
    case duration
    /// Bytes as "1.5 GiB".
    case bytes
    /// A share from 0 to 1 as "25 %".
    case percent
  }

  /// What is measured, such as "Loss".
  package var title: String
  /// The unit, shown behind the title, such as "nats per token"; nil if there is none.
  package var unit: String?
  /// How numbers become places.
  package var scaling: Scaling
  /// How numbers are written.
  package var format: Format
  /// Numbers that the axis shows even if no data reach there; others are shown as well if there are such data.
  package var shown: ClosedRange<Double>?

  /// An axis.
  ///
  /// - Parameters:
  ///   - title: what is measured.
  ///   - unit: the unit; nil if there is none, or if the format says it.
  ///   - scaling: how numbers become places.
  ///   - format: how numbers are written.
  ///   - shown: numbers that the axis shows even if no data reach there, such as `0...0` to begin at 0.
  package init(
    _ title: String, unit: String? = nil, scaling: Scaling = .linear, format: Format = .number,
    shown: ClosedRange<Double>? = nil
  ) {
    (self.title, self.unit, self.scaling) = (title, unit, scaling)
    (self.format, self.shown) = (format, shown)
  }

  /// The title with the unit.
  var label: String { title + (unit.map { " (\($0))" } ?? "") }

  /// Whether a number has a place on the axis.
  func shows(_ number: Double) -> Bool { number.isFinite && (scaling == .linear || number > 0) }
}
