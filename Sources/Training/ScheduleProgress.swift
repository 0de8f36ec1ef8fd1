/// What a schedule has to know of a run beside the update; a part of its checkpoints.
public struct ScheduleProgress: Codable, Sendable, Equatable {
  /// The share of the time budget that is over, from 0 to 1; nil without one, or where updates decide.
  public var timeShare: Double?
  /// The share of the time budget that was over when the warm-up ended; nil before that.
  public var warmupShare: Double?
  /// Times that the rate was reduced on a plateau.
  public var reductions = 0
  /// Validations without progress since the best one or the newest reduction.
  public var validationsWithoutProgress = 0

  /// The start of a run.
  public init() {}

  /// Notes how much of the time is over, before an update.
  ///
  /// A run that is resumed with more time than before is not as far as it was, so that the rate rises again.
  package mutating func note(timeShare: Double, before update: Int, _ schedule: LearningRateSchedule) {
    guard schedule.isTimed else { return }
    let share = min(1, timeShare)
    self.timeShare = share
    if warmupShare == nil, update >= schedule.warmup || share >= longestWarmup { warmupShare = share }
  }

  /// Notes a validation, which may end a plateau or reduce the rate; those in the warm-up do not count.
  package mutating func noteValidation(isBest: Bool, update: Int, _ schedule: LearningRateSchedule) {
    guard case .plateau(_, let patience) = schedule.decay, update >= schedule.warmup else { return }
    validationsWithoutProgress = isBest ? 0 : validationsWithoutProgress + 1
    guard validationsWithoutProgress >= patience else { return }
    (reductions, validationsWithoutProgress) = (reductions + 1, 0)
  }
}
