import CommandLineArguments
import Training

extension TrainTranslationArguments {
  static let averageOptions: [Option<Self>] = [
    Option(
      "--average-decay", "decay", "of the moving average that is validated and saved, 0 for none",
      \.averageDecay, limit: .rate),
    Option(
      "--keep-checkpoints", "count",
      "newest weights that are kept in MODEL/checkpoints, for average-checkpoints (default: --average-last)",
      \.keepCheckpoints, limit: .between(1, 100_000)),
    Option(
      "--keep-every", "interval", "from one of them to the next, as --validate-every (default: epoch)",
      \.keepEvery),
    Option(
      "--average-last", "count",
      "at the end, the average of the newest kept weights is validated, and is the model if it is better",
      \.averageLast, limit: .between(2, 100_000)),
  ]

  /// Weights that are kept in files of their own: as many as were asked for, or as the average needs.
  var keptCheckpoints: Int { keepCheckpoints ?? averageLast ?? 0 }

  /// Refuses averages of what is not kept.
  func validateKeeping() throws(ArgumentError) {
    if keepEvery != nil, keptCheckpoints == 0 {
      throw .conflict("'--keep-every' needs '--keep-checkpoints' or '--average-last'")
    }
    if let averageLast, let keepCheckpoints, averageLast > keepCheckpoints {
      throw .conflict(
        "'--average-last \(averageLast)' needs as many checkpoints, but '--keep-checkpoints \(keepCheckpoints)' "
          + "keeps fewer; leave it out or raise it")
    }
  }
}
