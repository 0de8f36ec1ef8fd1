public import CommandLineArguments
public import TrainingSession

extension ScheduleName: ArgumentValue {}

extension ScheduleRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Learning rate"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option("--schedule", "name", "learning-rate schedule after the warm-up; see below", \.name),
    Option(
      "--learning-rate", "rate", "peak learning rate (default: from the preset)", \.learningRate,
      limit: .training("--learning-rate")),
    Option(
      "--warmup", "updates", "number of warm-up updates (default: from the preset)", \.warmup,
      limit: .training("--warmup")),
    Option(
      "--warmup-from", "rate", "learning rate at the start of the warm-up (default: 1e-07)", \.warmupFrom,
      limit: .training("--warmup-from")),
    Option(
      "--min-learning-rate", "rate", "minimum learning rate; cosine and linear end there",
      \.minLearningRate, limit: .training("--min-learning-rate")),
    Option(
      "--schedule-updates", "count",
      "number of updates after which cosine and linear end (default: --max-updates; without it, "
        + "when --time-budget runs out)",
      \.updates, limit: .training("--schedule-updates")),
    Option(
      "--noam-factor", "factor", "factor of the noam schedule (default: 1)", \.noamFactor,
      limit: .training("--noam-factor")),
    Option(
      "--plateau-factor", "factor", "factor by which plateau multiplies the learning rate (default: 0.5)",
      \.plateauFactor,
      limit: .training("--plateau-factor")),
    Option(
      "--plateau-patience", "count",
      "validations without progress before plateau reduces the learning rate (default: 3)",
      \.plateauPatience, limit: .training("--plateau-patience")),
  ]

  /// A paragraph of the help text.
  package static let discussion = """
    After the warm-up, the learning rate decays with the inverse square root of the number of updates (inverse-sqrt; \
    noam is the same with the peak factor / √(size × warm-up), as in the paper), along a half cosine (cosine) or a \
    straight line (linear) down to --min-learning-rate, by --plateau-factor whenever validation stops improving \
    (plateau), or not at all (constant). Cosine and linear end at --schedule-updates or --max-updates. Without \
    either, they follow the elapsed share of --time-budget, of which the warm-up takes at most a quarter: the rate \
    reaches its minimum when the time is up, but two such runs, or a resumed one, are not bit-identical.

    With --time-budget, no warm-up remains unfinished. A preset's warm-up takes at most a third of the updates that \
    fit into the budget, as measured in its first twentieth; one that you set with --warmup is kept if nine tenths \
    of them are enough for it. A shortened warm-up is reported, and a resumed training keeps it.
    """
}
