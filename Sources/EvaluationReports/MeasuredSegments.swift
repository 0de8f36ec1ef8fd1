import Evaluation

/// What is known about each segment.
struct MeasuredSegments {
  /// The words of the first reference of each segment.
  let referenceWords: [[[UInt8]]]
  /// The words of each system's translation of each segment; shape `[systems][segments]`.
  let systemWords: [[[[UInt8]]]]
  /// Sums of counts for scores of parts of the text; shape `[metrics][systems]`.
  let statistics: [[SegmentStatistics]]
  /// Scores of single segments; shape `[metrics][systems][segments]`.
  let scores: [[[Double]]]
  /// The metric that orders sentences: chrF if there is one, since it tells single sentences apart best.
  let mainMetric: Int

  init(_ report: EvaluationReport) {
    let words = BLEU(tokenization: report.tokenization)
    referenceWords = report.references.segments.map { words.words(of: $0[0]) }
    systemWords = report.systems.map { $0.lines.map { words.words(of: $0) } }
    statistics = report.metrics.map { item in
      report.systems.map { item.metric.statistics(hypotheses: $0.lines, references: report.references) }
    }
    scores = report.metrics.map { item in
      report.systems.map {
        item.metric.sentenceScores(hypotheses: $0.lines, references: report.references).map(\.value)
      }
    }
    mainMetric = report.metrics.firstIndex { $0.metric.name.hasPrefix("chrF") } ?? 0
  }

  /// A number that is greater the better a translation is; shape `[systems][segments]`.
  func goodness(_ report: EvaluationReport) -> [[Double]] {
    let sign = report.metrics[mainMetric].metric.isBetterHigher ? 1.0 : -1
    return scores[mainMetric].map { $0.map { sign * $0 } }
  }
}
