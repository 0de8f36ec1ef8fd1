public import CommandLineArguments
public import Evaluation
import Formatting

extension BLEU.Tokenization: ArgumentValue {}

/// Which metrics to compute, and how.
struct MetricOptionGroup: OptionGroup {
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

  var names: [MetricName] = [.bleu, .chrf, .ter]
  var tokenization = BLEU.Tokenization.mteval13a
  var isLowercased = false
  var smoothing = SmoothingName.exponential
  var smoothingValue: Double?

  static let title = "Metrics"
  static let options: [Option<Self>] = [
    Option("--metrics", short: "m", "name,...", "metrics to compute", \.names, list: .commaSeparated),
    Option("--tokenize", "name", "tokenizer of BLEU", \.tokenization),
    Option("--lowercase", "ignore case in BLEU and chrF (TER does by default)", \.isLowercased),
    Option("--smooth", "name", "smoothing of BLEU's n-gram precisions", \.smoothing),
    Option(
      "--smooth-value", "number", "smoothing constant (default: 0.1 for floor, 1 for add-k)",
      \.smoothingValue, limit: .above(0, atMost: 1_000_000)
    ).only(with: \.smoothing, .floor, .add),
  ]

  /// The names, each once.
  var distinctNames: [MetricName] {
    var seen: Set<MetricName> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// BLEU as the options say.
  var bleu: BLEU { BLEU(tokenization: tokenization, isLowercased: isLowercased, smoothing: bleuSmoothing) }

  private var bleuSmoothing: BLEU.Smoothing {
    switch smoothing {
    case .exponential: .exponential
    case .floor: .floor(smoothingValue ?? 0.1)
    case .add: .add(smoothingValue ?? 1)
    case .none: .none
    }
  }
}
