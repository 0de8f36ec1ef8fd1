/// What a schedule needs to know about a run besides the update; part of checkpoints.
public struct ScheduleProgress: Codable, Sendable, Equatable {
  /// The share of the time budget that is used up, from 0 to 1; nil if the schedule does not depend on time.
  public var timeShare: Double?
  /// The share of the time budget that was used up when the warm-up ended; nil before that.
  public var warmupShare: Double?
  /// The number of warm-up updates, once it is known whether the time budget allows for those of the schedule; nil
  /// before that, and without a time budget.
  public var warmup: Int?
  /// How often the rate was reduced on a plateau.
  public var reductions = 0
  /// Validations without progress since the best one or the last reduction.
  public var validationsWithoutProgress = 0

  /// The start of a run.
  public init() {}

  /// Records the used share of the time budget before an update.
  ///
  /// If a run is resumed with a larger budget, the share decreases and the rate rises again.
  package mutating func note(timeShare: Double, before update: Int, _ schedule: LearningRateSchedule) {
    guard schedule.isTimed else { return }
    let share = min(1, timeShare)
    self.timeShare = share
    if warmupShare == nil, update >= schedule.warmup || share >= longestWarmup { warmupShare = share }
  }

  /// Records a validation, which may end a plateau or reduce the rate; validations during the warm-up do not count.
  package mutating func noteValidation(isBest: Bool, update: Int, _ schedule: LearningRateSchedule) {
    guard case .plateau(_, let patience) = schedule.decay, update >= warmup ?? schedule.warmup else { return }
    validationsWithoutProgress = isBest ? 0 : validationsWithoutProgress + 1
    guard validationsWithoutProgress >= patience else { return }
    (reductions, validationsWithoutProgress) = (reductions + 1, 0)
  }
}
