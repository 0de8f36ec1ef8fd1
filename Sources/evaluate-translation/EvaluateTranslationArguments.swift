import CommandLineArguments
import Evaluation

/// The options of `evaluate-translation`.
struct EvaluateTranslationArguments: CommandArguments {
  var files = FileOptionGroup()
  var metrics = MetricOptionGroup()
  var chrF = ChrFOptionGroup()
  var ter = TEROptionGroup()
  var output = OutputOptionGroup()
  var statistics = StatisticsOptionGroup()
  var report = ReportOptionGroup()

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.files), .group(\.metrics), .group(\.chrF), .group(\.ter), .group(\.output), .group(\.statistics),
    .group(\.report),
  ]

  /// The metrics in the order in which they were named.
  var chosenMetrics: [any Metric] {
    metrics.distinctNames.map { name in
      switch name {
      case .bleu: metrics.bleu
      case .chrf: chrF.metric(isLowercased: metrics.isLowercased)
      case .chrfPlusPlus: chrF.metric(wordOrder: 2, isLowercased: metrics.isLowercased)
      case .ter: ter.metric
      }
    }
  }

  /// Whether systems are compared with the first one.
  var comparesSystems: Bool { files.hypotheses.count > 1 && !output.isScoreOnly }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if output.isSentenceLevel, files.hypotheses.count > 1 {
      throw .conflict("'--sentence-level' scores a single '--hypothesis'")
    }
    if output.isSentenceLevel, report.path != nil {
      throw .conflict(
        "'--report' and '--sentence-level' cannot be used together; the page has scores of sentences")
    }
    try checkUse(given)
  }
}
