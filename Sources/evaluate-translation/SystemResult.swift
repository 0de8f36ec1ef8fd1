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
  arguments.chosenMetrics.map { results(of: segments, by: $0, arguments) }
}

private func results(
  of segments: Segments, by metric: some Metric, _ arguments: EvaluateTranslationArguments
) -> [SystemResult] {
  let statistics = segments.systems.map {
    metric.statistics(hypotheses: $0.lines, references: segments.references)
  }
  let options = arguments.statistics
  let test = arguments.comparesSystems ? options.test : options.confidenceTest
  let hasIntervals = arguments.comparesSystems && test.method == .bootstrap || options.confidence
  return statistics.indices.map { index in
    let score = metric.score(of: statistics[index], referenceCount: segments.references.referenceCount)
    var signature = score.signature
    if segments.isComposed { signature = signature.adding([.init(name: "unicode", value: "nfc")]) }
    if arguments.comparesSystems || options.confidence {
      signature = test.signature(of: signature, withPValue: arguments.comparesSystems)
    }
    var result = SystemResult(system: segments.systems[index].name, score: score, signature: signature)
    if hasIntervals {
      result.confidence = options.confidenceTest.confidence(of: statistics[index], by: metric)
    }
    if arguments.comparesSystems, index > 0 {
      result.pValue = test.pValue(of: statistics[index], against: statistics[0], by: metric)
    }
    return result
  }
}
