/// What a time budget does to the learning rate.
extension TrainingRun {
  /// Makes the schedule follow the time budget, and shortens a warm-up that the budget is too short for.
  ///
  /// - Parameters:
  ///   - timeShare: the used share of the time budget, the same in every process.
  ///   - update: the next update, counted from 1.
  ///   - schedule: the schedule of the run.
  func followBudget(_ timeShare: Double, before update: Int, _ schedule: LearningRateSchedule) {
    state.schedule.note(timeShare: timeShare, before: update, schedule)
    // After a rollback, updates are repeated, so that time says nothing about how many fit.
    guard state.watch.rollbacks == 0,
      let change = state.schedule.limitWarmup(
        timeShare: timeShare, before: update, schedule, plan.warmupLimit)
    else { return }
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed, event: .warmupShortened,
        reason: change.words))
    tell(.warmupShortened(change, state: state))
  }
}
