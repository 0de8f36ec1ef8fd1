public import CommandLineArguments
public import Training
public import TrainingSession

extension TrainingInterval: ArgumentValue {
  /// A number of updates such as `500`, or of epochs such as `epoch`, `2epochs` or `2e`.
  public init?(argument: String) { self.init(argument) }

  /// Both ways of counting.
  public static var expectation: String { "a number of updates such as 500, or of epochs such as 2epochs" }
  /// A number, or a text with a unit.
  public static var jsonKind: JSONKind { .integerOrString }
  /// As it is written.
  public var defaultText: String? { description }
}

extension AverageRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Averages of weights"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--average-decay", "decay",
      "decay of the moving average of weights that is validated and saved; 0 disables it", \.decay,
      limit: .training("--average-decay")),
    Option(
      "--keep-checkpoints", "count",
      "number of newest checkpoints to keep in MODEL/checkpoints for average-checkpoints "
        + "(default: --average-last)",
      \.keepCheckpoints, limit: .training("--keep-checkpoints")),
    Option(
      "--keep-every", "interval", "interval between kept checkpoints, like --validate-every (default: epoch)",
      \.keepEvery),
    Option(
      "--average-last", "count",
      "number of newest kept checkpoints to average at the end; the average becomes the model if "
        + "it validates better",
      \.last, limit: .training("--average-last")),
  ]
}
