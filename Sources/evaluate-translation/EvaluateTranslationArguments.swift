import CommandLineArguments
import Evaluation
import Formatting
import Machine

/// The options of `evaluate-translation`.
struct EvaluateTranslationArguments: CommandArguments {
  var files = FileOptionGroup()
  var metrics = MetricOptionGroup()
  var chrF = ChrFOptionGroup()
  var ter = TEROptionGroup()
  var output = OutputOptionGroup()
  var statistics = StatisticsOptionGroup()
  var documents = DocumentOptionGroup()
  var report = ReportOptionGroup()
  var threads = availableProcessors()

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.files), .group(\.metrics), .group(\.chrF), .group(\.ter), .group(\.output), .group(\.statistics),
    .group(\.documents), .group(\.report), .options("Machine", machineOptions),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads that count and draw", \.threads, limit: .atLeast(1))
  ]

  /// The metrics in the order in which they were named.
  ///
  /// - Throws: `VocabularyError` if the model of BLEU's tokenizer cannot be read.
  func chosenMetrics() throws -> [any Metric] {
    try metrics.distinctNames.map { name in
      switch name {
      case .bleu: try metrics.bleu()
      case .chrf: chrF.metric(isLowercased: metrics.isLowercased)
      case .chrfPlusPlus: chrF.metric(wordOrder: 2, isLowercased: metrics.isLowercased)
      case .ter: ter.metric
      }
    }
  }

  /// Whether systems are compared with the first one.
  var comparesSystems: Bool { files.systemCount > 1 && !output.isScoreOnly }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if output.isSentenceLevel, files.systemCount > 1 {
      throw .conflict("'--sentence-level' scores a single '--hypothesis'")
    }
    if output.isSentenceLevel, report.path != nil {
      throw .conflict(
        "'--report' and '--sentence-level' cannot be used together; the page has scores of sentences")
    }
    try checkUse(given)
  }
}
