import Evaluation
import Machine

/// The score of one system by one metric.
struct SystemResult: Sendable {
  let system: String
  let score: Score
  let signature: Signature
  /// Whether higher scores are better.
  let isBetterHigher: Bool
  /// Mean and half width of the 95% confidence interval, if requested.
  var confidence: (mean: Double, halfWidth: Double)?
  /// The probability that chance alone makes such a difference from the baseline; nil for the baseline itself.
  var pValue: Double?
  /// Whether no other system has a better score; false if there is only one.
  var isBest = false
  /// The scores of the documents, if the user named them.
  var documents: [Score] = []

  /// Whether the difference from the baseline is significant.
  var isSignificant: Bool { pValue.map { $0 < 0.05 } ?? false }
}

/// The results of all systems, grouped by metric.
func evaluate(_ segments: Segments, _ arguments: EvaluateTranslationArguments) throws -> [[SystemResult]] {
  try arguments.chosenMetrics().map { results(of: segments, by: $0, arguments) }
}

private func results(
  of segments: Segments, by metric: some Metric, _ arguments: EvaluateTranslationArguments
) -> [SystemResult] {
  let references = segments.references
  let statistics = segments.systems.map {
    metric.statistics(hypotheses: $0.lines, references: references, threads: arguments.threads)
  }
  let options = arguments.statistics
  let test = arguments.comparesSystems ? options.test : nil
  let hasIntervals = test?.method == .bootstrap || options.confidence
  let samples = concurrentMap(hasIntervals ? statistics : [], threads: arguments.threads) {
    BootstrapSamples(of: $0, by: metric, options.confidenceTest)
  }
  let (names, documents) = (segments.systems.map(\.name), segments.documents?.segments ?? [])
  let scores = statistics.map { metric.score(of: $0, referenceCount: references.referenceCount) }
  let best = scores.map(\.value).max { metric.isBetterHigher ? $0 < $1 : $0 > $1 }
  var settings: [Signature.Entry] = []
  if segments.areDocuments { settings.append(.init(name: "level", value: "document")) }
  if segments.isComposed { settings.append(.init(name: "unicode", value: "nfc")) }
  let others = settings
  return concurrentMap(statistics.count, threads: arguments.threads) { index in
    let score = scores[index]
    var signature = score.signature.adding(others)
    if let test = test ?? (options.confidence ? options.confidenceTest : nil) {
      signature = test.signature(of: signature, withPValue: arguments.comparesSystems)
    }
    var result = SystemResult(
      system: names[index], score: score, signature: signature, isBetterHigher: metric.isBetterHigher)
    if hasIntervals { result.confidence = samples[index].confidence }
    if index > 0, let test {
      result.pValue =
        test.method == .bootstrap
        ? test.pValue(of: samples[index], against: samples[0])
        : test.pValue(of: statistics[index], against: statistics[0], by: metric)
    }
    result.isBest = scores.count > 1 && score.value == best
    result.documents = documents.map {
      metric.score(of: statistics[index], segments: $0, referenceCount: references.referenceCount)
    }
    return result
  }
}
