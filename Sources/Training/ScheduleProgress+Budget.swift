/// What a time budget does to the warm-up.
extension ScheduleProgress {
  /// The share of a time budget after which the speed is known well enough to say how many updates fit into it.
  static let decisionShare = 0.05

  /// Decides, as soon as the speed is known, whether the time budget is too short for the warm-up.
  ///
  /// The decision is part of checkpoints: a run that is resumed, even with another budget, keeps it. A schedule that
  /// follows the budget shortens the warm-up by the time itself; its decision changes nothing and is only reported.
  ///
  /// - Parameters:
  ///   - timeShare: the used share of the time budget.
  ///   - update: the next update, counted from 1.
  ///   - schedule: the schedule of the run.
  ///   - limit: how much of the budget the warm-up may take.
  /// - Returns: the shortened warm-up when it is decided; nil if nothing changes.
  package mutating func limitWarmup(
    timeShare: Double, before update: Int, _ schedule: LearningRateSchedule, _ limit: WarmupLimit
  ) -> ShortenedWarmup? {
    let (done, asked) = (update - 1, schedule.warmup)
    guard done > 0, done < warmup ?? asked else { return nil }
    let fitting = Double(done) / max(timeShare, 1e-9)
    guard warmup == nil else {
      guard !schedule.isTimed, timeShare >= limit.latest else { return nil }
      return shorten(to: done, asked, fitting)
    }
    guard timeShare >= Self.decisionShare else { return nil }
    warmup = asked
    let allowed =
      schedule.isTimed ? Int(longestWarmup * fitting) : limit.updates(asked, fitting: fitting)
    guard allowed < asked else { return nil }
    if schedule.isTimed {
      return ShortenedWarmup(asked: asked, updates: max(allowed, done), fitting: Int(fitting))
    }
    return shorten(to: max(allowed, done), asked, fitting)
  }

  private mutating func shorten(to updates: Int, _ asked: Int, _ fitting: Double) -> ShortenedWarmup {
    warmup = updates
    return ShortenedWarmup(asked: asked, updates: updates, fitting: max(updates, Int(fitting)))
  }
}
