import CommandLineArguments
import Decoding
import Formatting
import Translation

/// How to search for translations, and how many to return.
struct SearchOptionGroup: OptionGroup {
  enum LengthPenaltyKind: String, CaseIterable, ArgumentValue {
    case average, gnmt
    case noPenalty = "none"
  }

  enum StopRuleName: String, CaseIterable, ArgumentValue {
    case settled, eager
    case firstCome = "first-come"
    case full, vanilla
  }

  var beam: Int?
  var nBest = 1
  var stopRule = StopRuleName.settled
  var patience = 1.0
  var groups = BeamGroups()
  var lengthPenalty: Double?
  var lengthPenaltyKind: LengthPenaltyKind?
  var coveragePenalty = ScoringOptions().coveragePenalty
  var wordPenalty = 0.0
  var maxLengthRatio: Double?
  var limits = SearchLimits()

  static let title = "Search"
  static let options: [Option<Self>] = [
    Option(
      "--beam", short: "b", "count",
      "beam size; 1 is fastest (default: 5; for a non-autoregressive decoder 1, or 5 lengths if it predicts lengths)",
      \.beam, limit: .between(1, 1000)
    ).common,
    Option(
      "--n-best", "count",
      "translations per line, at most --beam; if fewer are found, the last one is repeated", \.nBest,
      limit: .between(1, 1000)
    ).common,
    Option(
      "--stop-rule", "name",
      "when a beam is done: settled: nothing unfinished could still win; eager: --n-best translations have ended; "
        + "first-come: as many have ended as the beam is wide, as in fairseq; full: as many have ended, and none "
        + "that goes on is better by now, as in Hugging Face's transformers; vanilla: all in the beam have ended",
      \.stopRule),
    Option(
      "--patience", "factor",
      "with first-come, how many times as many translations must have ended; above 1 searches deeper",
      \.patience, limit: .above(0, atMost: 1000)
    ).only(with: \.stopRule, .firstCome),
    Option(
      "--beam-groups", "count",
      "diverse beam search: divides the beam into groups that avoid each other's words, for --n-best lists that differ "
        + "in more than details", \.groups.count, limit: .between(1, 1000)),
    Option(
      "--diversity", "number",
      "what a token loses for each hypothesis of an earlier group that has just chosen it, in nats",
      \.groups.diversity, limit: .between(0, 1000)
    ).only(with: \.groups.count),
    Option(
      "--length-penalty", "alpha",
      "exponent of the length penalty; larger values favor longer translations (default: 1, or 0.6 for gnmt)",
      \.lengthPenalty, limit: .between(0, 100)
    ).conflicts(with: \.lengthPenaltyKind, .noPenalty),
    Option(
      "--length-penalty-kind", "name", "length penalty formula (default: average, or none for CTC)",
      \.lengthPenaltyKind),
    Option(
      "--coverage-penalty", "beta",
      "above 0, ranks translations that leave out a part of the source lower, as GNMT does (typically 0.2); "
        + "autoregressive decoders only",
      \.coveragePenalty, limit: .between(0, 100)),
    Option(
      "--word-penalty", "number",
      "subtracted from the log-probability for each token; below 0 a reward for longer translations, as in Marian; it "
        + "only matters with a --length-penalty other than 1", \.wordPenalty, limit: .between(-100, 100)),
    Option(
      "--max-length-ratio", "ratio",
      "maximum target tokens per source token, in addition to 20 (default: 2); autoregressive decoders only",
      \.maxLengthRatio, limit: .between(0, 1000)),
    Option(
      "--max-length", "count", "maximum target tokens, </s> included, whatever the source's length",
      \.limits.maxLength, limit: .between(1, 100_000)),
    Option(
      "--min-length", "count", "target tokens before which no translation ends", \.limits.minLength,
      limit: .between(0, 100_000)),
    Option(
      "--no-repeat-ngram", "count",
      "length of sequences of tokens that no translation may contain twice; 0 allows all",
      \.limits.noRepeatLength, limit: .between(0, 1000)),
    Option(
      "--keep-repetitions", "do not search again for translations that repeat a few tokens again and again",
      \.limits.replacesRepetitions, sets: false),
    Option(
      "--suppress-unknown", "never predict <unk>; words that the model does not know are not copied",
      \.limits.allowsUnknown, sets: false),
  ]

  func apply(to request: inout TranslationRequest) {
    request.search.beamSize = beam
    request.search.nBest = nBest
    request.search.groups = groups
    request.search.stopRule =
      switch stopRule {
      case .settled: .settled
      case .eager: .eager
      case .firstCome: .firstCome(patience: patience)
      case .full: .full
      case .vanilla: .vanilla
      }
    request.search.scoring.coveragePenalty = coveragePenalty
    request.search.scoring.wordPenalty = wordPenalty
    request.search.limits = limits
    if let maxLengthRatio { request.search.limits.maxLengthRatio = maxLengthRatio }
    request.search.scoring.lengthPenalty =
      switch lengthPenaltyKind {
      case nil: lengthPenalty.map(LengthPenalty.normalized)
      case .average: .normalized(alpha: lengthPenalty ?? 1)
      case .gnmt: .gnmt(alpha: lengthPenalty ?? 0.6)
      case .noPenalty: LengthPenalty.none
      }
  }
}
