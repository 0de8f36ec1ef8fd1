/// The counts of segments in an order that makes sums of selections fast: eight columns at a time.
struct CountRows {
  private let width: Int
  /// For every eight columns, an entry for each segment.
  private let blocks: [[SIMD8<Double>]]

  init(_ statistics: SegmentStatistics) {
    let width = statistics.width
    self.width = width
    blocks = stride(from: 0, to: width, by: 8).map { first in
      (0..<statistics.count).map { segment in
        var row = SIMD8<Double>.zero
        for column in first..<min(first + 8, width) {
          row[column - first] = statistics.values[segment * width + column]
        }
        return row
      }
    }
  }

  /// The sums over some segments, each as often as it is selected, shape `[width]`.
  func sums(of segments: [UInt32]) -> [Double] {
    var sums: [Double] = []
    sums.reserveCapacity(width)
    for block in blocks {
      var sum = SIMD8<Double>.zero
      for segment in segments { sum += block[Int(segment)] }
      for column in 0..<min(8, width - sums.count) { sums.append(sum[column]) }
    }
    return sums
  }
}

/// Two systems whose translations are exchanged at random, segment by segment.
struct SwappedSystems {
  private let count: Int
  private let system: [Double]
  private let baseline: [Double]
  /// What the sums of the first system gain by an exchange of each segment.
  private let gains: CountRows

  init(_ system: SegmentStatistics, _ baseline: SegmentStatistics) {
    (count, self.system, self.baseline) = (system.count, system.sums, baseline.sums)
    var differences = system
    for index in differences.values.indices {
      differences.values[index] = baseline.values[index] - system.values[index]
    }
    gains = CountRows(differences)
  }

  /// The differences between the scores of the two after random exchanges.
  ///
  /// - Parameters:
  ///   - trials: how often.
  ///   - seed: of the random bits, one for each segment and trial.
  ///   - value: the score of sums.
  /// - Returns: one difference per trial.
  func differences(trials: Int, seed: UInt64, _ value: ([Double]) -> Double) -> [Double] {
    var random = NumPyGenerator(seed: seed)
    var exchanged: [UInt32] = []
    return (0..<trials).map { _ in
      exchanged.removeAll(keepingCapacity: true)
      var segment = 0
      while segment < count {
        let (bits, bitCount) = random.nextBits(count - segment)
        var rest = bits
        while rest != 0 {
          exchanged.append(UInt32(segment + rest.trailingZeroBitCount))
          rest &= rest &- 1
        }
        segment += bitCount
      }
      let gain = gains.sums(of: exchanged)
      return value(zip(system, gain).map { $0 + $1 }) - value(zip(baseline, gain).map { $0 - $1 })
    }
  }
}
