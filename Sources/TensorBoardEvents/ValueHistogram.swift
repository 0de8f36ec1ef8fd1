/// How numbers are distributed: their counts in ranges of equal width, and their sums.
public struct ValueHistogram: Sendable, Equatable {
  /// The smallest and the greatest number.
  public let minimum, maximum: Double
  /// The sum of the numbers, and that of their squares.
  public let sum, sumOfSquares: Double
  /// The upper end of each range; the last is ``maximum``.
  public let limits: [Double]
  /// How many numbers are in each range.
  public let counts: [Double]

  /// The distribution of some numbers; nil if none of them is finite.
  ///
  /// - Parameters:
  ///   - numbers: any numbers; those that are NaN or infinite are left out.
  ///   - ranges: the number of ranges between the smallest and the greatest.
  public init?(_ numbers: some Sequence<Double>, ranges: Int = 20) {
    let finite = numbers.filter(\.isFinite)
    guard let minimum = finite.min(), let maximum = finite.max() else { return nil }
    let width = (maximum - minimum) / Double(ranges)
    (self.minimum, self.maximum) = (minimum, maximum)
    (sum, sumOfSquares) = (finite.reduce(0, +), finite.reduce(0) { $0 + $1 * $1 })
    guard width > 0, width.isFinite else {
      (limits, counts) = ([maximum], [Double(finite.count)])
      return
    }
    limits = (1..<ranges).map { minimum + width * Double($0) } + [maximum]
    counts = finite.reduce(into: [Double](repeating: 0, count: ranges)) { counts, number in
      counts[min(ranges - 1, Int((number - minimum) / width))] += 1
    }
  }

  /// `tensorboard.HistogramProto`: min = 1, max = 2, num = 3, sum = 4, sum_squares = 5, bucket_limit = 6, bucket = 7.
  ///
  /// Source: tensorflow/tensorboard, `tensorboard/compat/proto/summary.proto`.
  var message: ProtobufMessage {
    var message = ProtobufMessage()
    message.add(1, minimum)
    message.add(2, maximum)
    message.add(3, counts.reduce(0, +))
    message.add(4, sum)
    message.add(5, sumOfSquares)
    message.add(6, limits)
    message.add(7, counts)
    return message
  }
}
