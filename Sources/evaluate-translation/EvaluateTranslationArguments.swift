import CommandLineArguments
import Evaluation

/// What `evaluate-translation` is asked to do.
struct EvaluateTranslationArguments: CommandArguments {
  enum MetricName: String, CaseIterable, ArgumentValue {
    case bleu, chrf, ter
    case chrfPlusPlus = "chrf++"
  }

  enum SmoothingName: String, CaseIterable, ArgumentValue {
    case exponential = "exp"
    case floor
    case add = "add-k"
    case none
  }

  var references: [String] = []
  var hypotheses: [String] = ["-"]
  var metrics: [MetricName] = [.bleu, .chrf, .ter]
  var tokenization = BLEU.Tokenization.mteval13a
  var isLowercased = false
  var smoothing = SmoothingName.exponential
  var smoothingValue: Double?
  var printsJSON = false
  var isSentenceLevel = false
  var significance = SignificanceTest.Method.bootstrap
  var confidence = false
  var trials: Int?
  var seed: UInt64 = 12345

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files (plain or gzip, '-' is standard input)", fileOptions),
    .options("Metrics", metricOptions),
    .options("Output", outputOptions),
    .options("Statistics", statisticsOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option(
      "--reference", short: "r", "file",
      "reference translation, a line a segment; repeat for several references",
      \.references, required: true),
    Option(
      "--hypothesis", "file", "translation to score; several are compared with the first one", \.hypotheses),
  ]

  private static let metricOptions: [Option<Self>] = [
    Option("--metrics", short: "m", "name,...", "what to measure", \.metrics, list: .commaSeparated),
    Option("--tokenize", "name", "how BLEU finds words", \.tokenization),
    Option("--lowercase", "ignore case (TER always does)", \.isLowercased),
    Option("--smooth", "name", "what BLEU takes for a precision of 0", \.smoothing),
    Option(
      "--smooth-value", "number", "for --smooth floor (0.1 if not given) and add-k (1)", \.smoothingValue,
      limit: .above(0, atMost: 1_000_000)
    ).only(with: \.smoothing, .floor, .add),
  ]

  private static let outputOptions: [Option<Self>] = [
    Option("--json", "print JSON", \.printsJSON),
    Option("--sentence-level", "print scores for each segment, separated by tabs", \.isSentenceLevel),
  ]

  private static let statisticsOptions: [Option<Self>] = [
    Option("--significance", "method", "how several systems are compared", \.significance),
    Option("--confidence", "print 95 % intervals by bootstrap resampling for one system too", \.confidence),
    Option(
      "--trials", "count", "random trials (default: bootstrap 1000, randomization 10000)", \.trials,
      limit: .between(1, 10_000_000)),
    Option("--seed", "number", "seed of the random trials", \.seed),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if (references + hypotheses).count(where: { $0 == "-" }) > 1 {
      throw .conflict("standard input can be only one of the files; name the others")
    }
    if isSentenceLevel, hypotheses.count > 1 || confidence {
      throw .conflict("'--sentence-level' goes with one '--hypothesis' and without '--confidence'")
    }
  }
}

extension EvaluateTranslationArguments {
  /// The metrics in the order they were named, each once.
  var selectedMetrics: [any Metric] {
    var seen: Set<MetricName> = []
    return metrics.filter { seen.insert($0).inserted }.map { name in
      switch name {
      case .bleu: BLEU(tokenization: tokenization, isLowercased: isLowercased, smoothing: bleuSmoothing)
      case .chrf: ChrF(isLowercased: isLowercased)
      case .chrfPlusPlus: ChrF(wordOrder: 2, isLowercased: isLowercased)
      case .ter: TER()
      }
    }
  }

  private var bleuSmoothing: BLEU.Smoothing {
    switch smoothing {
    case .exponential: .exponential
    case .floor: .floor(smoothingValue ?? 0.1)
    case .add: .add(smoothingValue ?? 1)
    case .none: .none
    }
  }
}
