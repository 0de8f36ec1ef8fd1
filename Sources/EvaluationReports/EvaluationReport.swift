package import Evaluation
package import Files
import Formatting
package import HTMLReports

/// A page on how good translations are: scores, where systems are strong and weak, and all sentences side by side.
package struct EvaluationReport: Sendable {
  /// Translations of all segments by one system.
  package struct System: Sendable {
    /// The system's name, such as the file of its translations.
    package var name: String
    /// One translation for each segment, valid UTF-8.
    package var lines: [[UInt8]]

    /// Translations of all segments by one system.
    package init(name: String, lines: [[UInt8]]) { (self.name, self.lines) = (name, lines) }
  }

  /// A metric with the scores of all systems.
  package struct MetricResults: Sendable {
    /// The metric.
    package var metric: any Metric
    /// Its settings.
    package var signature: String
    /// A score for each system.
    package var scores: [SystemScore]

    /// A metric with the scores of all systems.
    package init(metric: any Metric, signature: String, scores: [SystemScore]) {
      (self.metric, self.signature, self.scores) = (metric, signature, scores)
    }
  }

  /// The score of a system.
  package struct SystemScore: Sendable {
    /// The score.
    package var value: Double
    /// Half the width of its 95 % confidence interval; nil if that was not computed.
    package var halfWidth: Double?
    /// The probability that chance alone makes such a difference from the first system; nil if not computed.
    package var pValue: Double?

    /// The score of a system.
    package init(value: Double, halfWidth: Double? = nil, pValue: Double? = nil) {
      (self.value, self.halfWidth, self.pValue) = (value, halfWidth, pValue)
    }
  }

  /// The systems; the first is the baseline.
  package var systems: [System]
  /// The references of all segments.
  package var references: SegmentReferences
  /// What was translated; nil if that is not known.
  package var sources: [[UInt8]]?
  /// The metrics, one or more.
  package var metrics: [MetricResults]
  /// How lines are split into words.
  package var tokenization: BLEU.Tokenization
  /// How often words occur in the training text; nil if there is none.
  package var trainingWords: WordCounts?

  /// A report.
  ///
  /// - Parameters:
  ///   - systems: the systems; the first is the baseline.
  ///   - references: the references of all segments.
  ///   - sources: what was translated; nil if that is not known.
  ///   - metrics: metrics with the scores of all systems, one or more.
  ///   - tokenization: how lines are split into words.
  ///   - trainingWords: how often words occur in the training text; nil if there is none.
  /// - Precondition: all have the same number of segments, at least one; there is a system and a metric.
  package init(
    systems: [System], references: SegmentReferences, sources: [[UInt8]]? = nil, metrics: [MetricResults],
    tokenization: BLEU.Tokenization = .mteval13a, trainingWords: WordCounts? = nil
  ) {
    let count = references.segments.count
    precondition(
      count > 0 && !systems.isEmpty && !metrics.isEmpty && systems.allSatisfy { $0.lines.count == count }
        && sources?.count ?? count == count && metrics.allSatisfy { $0.scores.count == systems.count },
      "EvaluationReport: \(systems.map(\.lines.count)) lines, \(count) segments, \(metrics.count) metrics")
    (self.systems, self.references, self.sources) = (systems, references, sources)
    (self.metrics, self.tokenization, self.trainingWords) = (metrics, tokenization, trainingWords)
  }

  /// The page.
  package var page: HTMLPage {
    let measured = MeasuredSegments(self)
    let count = Readable.count(references.segments.count)
    let names = systems.count == 1 ? systems[0].name : "\(systems.count) systems"
    let sections = [
      scoreSection, lengthSection(measured), frequencySection(measured), sentenceScoreSection(measured),
      extremesSection(measured), sentencesSection(measured),
    ]
    return HTMLPage(
      title: "Evaluation of \(names)",
      introduction: [
        .note(
          "\(count) \(references.segments.count == 1 ? "sentence" : "sentences"), scored against "
            + "\(referencesText).")
      ], sections: sections.compactMap(\.self))
  }

  /// Writes the page whole or not at all.
  ///
  /// - Throws: ``FileError``; what was at the path before is then unchanged.
  package func write(to path: String) throws(FileError) { try page.write(to: path) }

  private var referencesText: String {
    switch references.referenceCount {
    case 1: "one reference each"
    case let count?: "\(count) references each"
    case nil: "several references"
    }
  }
}
