/// Tests whether two systems differ by more than the choice of segments explains.
///
/// Both methods are those of sacreBLEU, with its numbers of trials and its random numbers: intervals, and p-values of
/// sacreBLEU's definition, are equal to those that it prints for the same seed. P-values are two-sided by default; see
/// ``PValueDefinition``.
///
/// Source: Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation"; Riezler and Maxwell 2005,
/// "On Some Pitfalls in Automatic Evaluation and Significance Testing for MT".
public struct SignificanceTest: Sendable, Equatable {
  /// The source of random variation.
  public enum Method: String, Sendable, CaseIterable {
    /// Draws segments with replacement, the same for both systems; 1000 times by default.
    case bootstrap
    /// Randomly swaps the two systems' translations of each segment; 10000 times by default.
    case randomization
  }

  /// What a p-value says.
  public enum PValueDefinition: String, Sendable, CaseIterable {
    /// How often chance alone makes a difference at least as large as the one observed, in either direction.
    ///
    /// With bootstrap, chance is the deviation of a trial's difference from the observed one. A system and its copy have
    /// a p-value of 1.
    case twoSided = "two-sided"
    /// sacreBLEU's: how often a trial's number is *larger* than the observed difference.
    ///
    /// With bootstrap, the number is the absolute difference of a trial minus the mean of the absolute differences,
    /// which makes p-values too small. A system and its copy have the smallest p-value there is.
    case sacreBLEU = "sacrebleu"
  }

  /// The method.
  public let method: Method
  /// What the p-value says.
  public let definition: PValueDefinition
  /// How often segments are drawn or swapped.
  public let trials: Int
  /// Equal seeds give equal results.
  public let seed: UInt64

  /// A test.
  ///
  /// - Parameters:
  ///   - method: the source of random variation.
  ///   - trials: at least 1; by default 1000 for bootstrap, 10000 for randomization.
  ///   - seed: equal seeds give equal results.
  ///   - definition: what the p-value says.
  public init(
    _ method: Method, trials: Int? = nil, seed: UInt64 = 12345, definition: PValueDefinition = .twoSided
  ) {
    (self.method, self.definition) = (method, definition)
    self.trials = trials ?? (method == .bootstrap ? 1000 : 10000)
    self.seed = seed
    precondition(self.trials >= 1, "SignificanceTest: \(self.trials) trials")
  }

  /// The probability of a difference this large if the systems were equally good.
  ///
  /// - Parameters:
  ///   - system: the counts of the system.
  ///   - baseline: the counts of the system to compare with, for the same segments.
  ///   - metric: the metric that made the counts.
  /// - Returns: a number above 0, at most 1, as ``definition`` says; if it is small, the difference is probably not due
  ///   to chance.
  /// - Precondition: both have the same number of segments.
  public func pValue(
    of system: SegmentStatistics, against baseline: SegmentStatistics, by metric: some Metric
  ) -> Double {
    precondition(
      system.count == baseline.count, "pValue: \(system.count) segments against \(baseline.count)")
    guard method == .bootstrap else {
      return pValue(
        SwappedSystems(system, baseline).differences(trials: trials, seed: seed, metric.value),
        metric.value(sums: system.sums) - metric.value(sums: baseline.sums))
    }
    return pValue(
      of: BootstrapSamples(of: system, by: metric, self),
      against: BootstrapSamples(of: baseline, by: metric, self))
  }

  /// The probability of a difference this large, from samples of both systems by the method bootstrap.
  package func pValue(of system: BootstrapSamples, against baseline: BootstrapSamples) -> Double {
    let scores = definition == .sacreBLEU ? \BootstrapSamples.singlePrecisionScores : \.scores
    return pValue(
      zip(system[keyPath: scores], baseline[keyPath: scores]).map { $0 - $1 },
      system.observedScore - baseline.observedScore)
  }

  private func pValue(_ differences: [Double], _ real: Double) -> Double {
    // Adding one to both counts keeps the risk of a false positive at or below the p-value.
    Double(count(differences, asLargeAs: real) + 1) / Double(trials + 1)
  }

  /// The number of trials whose difference is as large as the observed one, by chance alone.
  private func count(_ differences: [Double], asLargeAs real: Double) -> Int {
    switch (definition, method) {
    case (.twoSided, .bootstrap):
      differences.count { abs($0 - real) >= abs(real) - Self.roundingError }
    case (.twoSided, .randomization):
      differences.count { abs($0) >= abs(real) - Self.roundingError }
    case (.sacreBLEU, .bootstrap):
      centred(differences.map { abs($0) }).count { $0 > abs(real) }
    case (.sacreBLEU, .randomization):
      differences.count { abs($0) > abs(real) }
    }
  }

  /// Scores that differ by less than this are equal.
  private static let roundingError = 1e-9

  /// The confidence interval of a system's score under other choices of segments.
  ///
  /// - Returns: the mean over the trials, and half the width of the interval that contains 95 % of them.
  public func confidence(
    of system: SegmentStatistics, by metric: some Metric
  ) -> (mean: Double, halfWidth: Double) {
    BootstrapSamples(of: system, by: metric, self).confidence
  }

  /// The signature of a score with the settings of this test.
  public func signature(of score: Score) -> Signature { signature(of: score.signature, withPValue: true) }

  /// A signature with the settings of this test.
  ///
  /// - Parameters:
  ///   - signature: the signature of a score.
  ///   - withPValue: whether p-values were computed, so that the signature names their definition.
  /// - Returns: sacreBLEU's signature, with an entry `p` for the definition of p-values.
  public func signature(of signature: Signature, withPValue: Bool) -> Signature {
    signature.adding(
      [
        .init(name: method == .bootstrap ? "bs" : "ar", value: String(trials)),
        .init(name: "seed", value: String(seed)),
      ] + (withPValue ? [.init(name: "p", value: definition.rawValue)] : []))
  }
}

extension SignificanceTest {
  private func centred(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { $0 - mean }
  }
}
