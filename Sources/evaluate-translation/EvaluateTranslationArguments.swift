import CommandLineArguments

/// The options of `evaluate-translation`.
struct EvaluateTranslationArguments: CommandArguments {
  var files = FileOptionGroup()
  var metrics = MetricOptionGroup()
  var statistics = StatisticsOptionGroup()
  var printsJSON = false
  var isSentenceLevel = false

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.files), .group(\.metrics), .options("Output", outputOptions), .group(\.statistics),
  ]

  private static let outputOptions: [Option<Self>] = [
    Option("--json", "print JSON", \.printsJSON),
    Option("--sentence-level", "print the scores of each segment, separated by tabs", \.isSentenceLevel)
      .conflicts(with: \.statistics.confidence),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if isSentenceLevel, files.hypotheses.count > 1 {
      throw .conflict("'--sentence-level' scores a single '--hypothesis'")
    }
  }
}
