/// The scores of a system on segments drawn with replacement, the same draws for every system.
package struct BootstrapSamples: Sendable {
  /// The score of all segments.
  let observedScore: Double
  /// The score of each trial.
  let scores: [Double]
  /// The same scores as sacreBLEU computes them.
  let singlePrecisionScores: [Double]

  /// Draws as a test says.
  package init(of statistics: SegmentStatistics, by metric: some Metric, _ test: SignificanceTest) {
    let rows = CountRows(statistics)
    let limit = UInt32(statistics.count)
    var random = NumPyGenerator(seed: test.seed)
    var draws = [UInt32](repeating: 0, count: statistics.count)
    var (scores, singlePrecisionScores): ([Double], [Double]) = ([], [])
    for _ in 0..<test.trials {
      for place in draws.indices { draws[place] = random.below(limit) }
      let sums = rows.sums(of: draws)
      scores.append(metric.value(sums: sums))
      singlePrecisionScores.append(metric.singlePrecisionValue(sums: sums))
    }
    (self.scores, self.singlePrecisionScores) = (scores, singlePrecisionScores)
    observedScore = metric.value(sums: statistics.sums)
  }

  /// The mean over the trials, and half the width of the interval that contains 95 % of them.
  ///
  /// If the scores are numbers in single precision, so are the results, as in sacreBLEU.
  package var confidence: (mean: Double, halfWidth: Double) {
    let sorted = singlePrecisionScores.sorted()
    let tail = sorted.count / 40
    let (lower, upper) = (sorted[tail], sorted[sorted.count - 1 - tail])
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    guard sorted.allSatisfy({ Double(Float($0)) == $0 }) else { return (mean, (upper - lower) / 2) }
    return (Double(Float(mean)), Double((Float(upper) - Float(lower)) / 2))
  }
}
