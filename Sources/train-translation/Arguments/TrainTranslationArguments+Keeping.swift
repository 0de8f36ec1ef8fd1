import CommandLineArguments
import Training

extension TrainTranslationArguments {
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
