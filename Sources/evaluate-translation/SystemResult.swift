import Evaluation

/// The score of one system by one metric.
struct SystemResult {
  let system: String
  let score: Score
  let signature: Signature
  /// Mean and half width of the 95% confidence interval, if requested.
  var confidence: (mean: Double, halfWidth: Double)?
  /// The probability that chance alone makes such a difference from the baseline; nil for the baseline itself.
  var pValue: Double?
}

/// The results of all systems, grouped by metric.
func evaluate(_ segments: Segments, _ arguments: EvaluateTranslationArguments) -> [[SystemResult]] {
  arguments.metrics.metrics.map { results(of: segments, by: $0, arguments) }
}

private func results(
  of segments: Segments, by metric: some Metric, _ arguments: EvaluateTranslationArguments
) -> [SystemResult] {
  let statistics = segments.systems.map {
    metric.statistics(hypotheses: $0.lines, references: segments.references)
  }
  let comparesSystems = statistics.count > 1
  let test = SignificanceTest(
    comparesSystems ? arguments.statistics.significance : .bootstrap, trials: arguments.statistics.trials,
    seed: arguments.statistics.seed)
  return statistics.indices.map { index in
    let score = metric.score(of: statistics[index], referenceCount: segments.references.count)
    let isTested = comparesSystems || arguments.statistics.confidence
    var result = SystemResult(
      system: segments.systems[index].name, score: score,
      signature: isTested ? test.signature(of: score) : score.signature)
    if isTested, test.method == .bootstrap || arguments.statistics.confidence {
      result.confidence = SignificanceTest(
        .bootstrap, trials: arguments.statistics.trials, seed: arguments.statistics.seed
      )
      .confidence(of: statistics[index], by: metric)
    }
    if index > 0 { result.pValue = test.pValue(of: statistics[index], against: statistics[0], by: metric) }
    return result
  }
}
