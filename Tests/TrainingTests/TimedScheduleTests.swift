import Testing
import Training

@Suite struct TimedScheduleTests {
  private func schedule(_ decay: LearningRateSchedule.Decay, warmup: Int = 10) -> LearningRateSchedule {
    var schedule = LearningRateSchedule(peak: 1, warmup: warmup, initial: 0)
    (schedule.decay, schedule.minimum) = (decay, 0.1)
    return schedule
  }

  /// The rates of updates at the given shares of the time budget.
  private func rates(_ schedule: LearningRateSchedule, _ shares: [Double]) -> [Double] {
    var progress = ScheduleProgress()
    return shares.enumerated().map { index, share in
      progress.note(timeShare: share, before: index + 1, schedule)
      return schedule.rate(update: index + 1, progress: progress)
    }
  }

  @Test func rateIsDownWhenTheTimeIsUp() {
    let shares = (0..<1000).map { Double($0) / 999 }
    for decay in [LearningRateSchedule.Decay.cosine, .linear] {
      let rates = rates(schedule(decay), shares)
      #expect(abs(rates[4] - 0.5) < 1e-12)
      #expect(rates[9] == 1)
      #expect(abs(rates[999] - 0.1) < 1e-12)
      #expect(zip(rates[9...], rates[10...]).allSatisfy { $0 > $1 })
      // Halfway between the end of the warm-up and the end of the time.
      #expect(abs(rates[504] - 0.55) < 2e-3)
    }
  }

  @Test func warmupTakesAQuarterOfTheTimeAtMost() {
    let rates = rates(schedule(.linear, warmup: 100_000), (0..<101).map { Double($0) / 100 })
    #expect(abs(rates[12] - 0.48) < 1e-9)
    #expect(rates[25] == 1)
    #expect(rates[100] == 0.1)
    #expect(zip(rates[25...], rates[26...]).allSatisfy { $0 > $1 })
  }

  /// Neither a long validation nor time beyond the budget raises the rate.
  @Test func jumpsInTimeOnlyLowerTheRate() {
    let rates = rates(schedule(.cosine, warmup: 0), [0, 0.1, 0.7, 0.7, 0.99, 1, 3])
    #expect(rates == rates.sorted(by: >))
    #expect(rates[0] == 1)
    #expect(rates[5] == rates[6])
  }

  @Test func updatesDecideWhereTheyAreKnown() {
    var schedule = schedule(.linear)
    schedule.length = 20
    #expect(rates(schedule, [Double](repeating: 1, count: 20))[14] == 0.55)
  }

  @Test func runFollowsItsTimeBudget() throws {
    var fixture = try RunFixture()
    (fixture.plan.timeBudget, fixture.plan.validateEvery, fixture.plan.logEvery) = (1, 0, 1)
    fixture.options.schedule = schedule(.cosine, warmup: 3)
    fixture.options.schedule.peak = 0.01
    fixture.options.schedule.minimum = 0
    let (end, record) = try fixture.run()
    #expect(end == .timeBudget)
    let rates = try fixture.log().compactMap { $0["learning_rate"] as? Double }
    try #require(rates.count > 10)
    #expect(rates[2] == rates.max())
    #expect(rates[2...].elementsEqual(rates[2...].sorted(by: >)))
    #expect(try #require(rates.last) < 0.002, "\(rates.suffix(3))")
    #expect(record.state.schedule.warmupShare != nil)
  }
}
