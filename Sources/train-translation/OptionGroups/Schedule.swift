public import CommandLineArguments
public import TrainingSession

extension ScheduleName: ArgumentValue {}

extension ScheduleRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Learning rate"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option("--schedule", "name", "how the rate falls after the warm-up; see below", \.name),
    Option("--learning-rate", "rate", "at its peak (default: by preset)", \.learningRate, limit: .above(0)),
    Option(
      "--warmup", "updates", "until the rate is at its peak (default: by preset)", \.warmup,
      limit: .atLeast(0)),
    Option(
      "--warmup-from", "rate", "where the warm-up begins (default: 1e-07)", \.warmupFrom, limit: .atLeast(0)),
    Option(
      "--min-learning-rate", "rate", "below which no schedule falls; cosine and linear end there",
      \.minLearningRate, limit: .atLeast(0)),
    Option(
      "--schedule-updates", "count",
      "where cosine and linear end (default: --max-updates; without it, when --time-budget is up)",
      \.updates, limit: .atLeast(1)),
    Option("--noam-factor", "factor", "of noam's rate (default: 1)", \.noamFactor, limit: .above(0)),
    Option(
      "--plateau-factor", "factor", "what plateau multiplies the rate by (default: 0.5)", \.plateauFactor,
      limit: .above(0, atMost: 1)),
    Option(
      "--plateau-patience", "count", "validations without progress before it does (default: 3)",
      \.plateauPatience, limit: .atLeast(1)),
  ]

  /// A paragraph of the help text.
  static let discussion = """
    After the warm-up, the learning rate falls with the inverse square root of the updates (inverse-sqrt; noam is \
    the same with the peak factor / √(size × warm-up), as in the paper), along half a wave of a cosine or in a \
    straight line (linear) down to --min-learning-rate, by --plateau-factor whenever validations are no better \
    (plateau), or not at all (constant). Cosine and linear end at --schedule-updates or --max-updates. With \
    neither, they follow the share of --time-budget that is used up, of which a warm-up takes a quarter at most: \
    the rate is down when the time is up, but two such runs, or a resumed one, do not give the same bits.
    """
}
