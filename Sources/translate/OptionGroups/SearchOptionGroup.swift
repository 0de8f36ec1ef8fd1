import CommandLineArguments
import Decoding
import Translation

/// How translations are searched for, and how many of them.
struct SearchOptionGroup: OptionGroup {
  enum LengthPenaltyKind: String, CaseIterable, ArgumentValue {
    case average, gnmt
    case noPenalty = "none"
  }

  var beam: Int?
  var nBest = 1
  var lengthPenalty: Double?
  var lengthPenaltyKind: LengthPenaltyKind?
  var maxLengthRatio = SearchLimits().maxLengthRatio

  static let title = "Search"
  static let options: [Option<Self>] = [
    Option(
      "--beam", short: "b", "count",
      "hypotheses kept at each step; 1 is fastest (default: 5, where all tokens are predicted at once 1)",
      \.beam, limit: .between(1, 1000)),
    Option(
      "--n-best", "count", "translations of each line, at most --beam", \.nBest, limit: .between(1, 1000)),
    Option(
      "--length-penalty", "alpha",
      "exponent of the length penalty, above the default for longer translations (default: 1, for gnmt 0.6)",
      \.lengthPenalty, limit: .between(0, 100)
    ).conflicts(with: \.lengthPenaltyKind, .noPenalty),
    Option(
      "--length-penalty-kind", "name", "formula of the length penalty (default: average, for CTC none)",
      \.lengthPenaltyKind),
    Option(
      "--max-length-ratio", "ratio", "tokens of a translation for each of the source, beside 20",
      \.maxLengthRatio, limit: .between(0, 1000)),
  ]

  func apply(to options: inout TranslationOptions) {
    options.search.beamSize = beam
    options.search.nBest = nBest
    options.search.limits.maxLengthRatio = maxLengthRatio
    options.search.scoring.lengthPenalty =
      switch lengthPenaltyKind {
      case nil: lengthPenalty.map(LengthPenalty.normalized)
      case .average: .normalized(alpha: lengthPenalty ?? 1)
      case .gnmt: .gnmt(alpha: lengthPenalty ?? 0.6)
      case .noPenalty: LengthPenalty.none
      }
  }
}
