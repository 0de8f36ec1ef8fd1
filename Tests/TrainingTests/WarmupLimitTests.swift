import Foundation
import Testing
import Training

/// Warm-ups that a time budget is too short for.
@Suite struct WarmupLimitTests {
  private func schedule(
    _ decay: LearningRateSchedule.Decay = .inverseSquareRoot, warmup: Int, length: Int? = nil
  ) -> LearningRateSchedule {
    var schedule = LearningRateSchedule(peak: 1, warmup: warmup, initial: 0)
    (schedule.decay, schedule.length) = (decay, length)
    return schedule
  }

  /// What happens in a training of `count` updates whose time passes evenly or otherwise.
  private struct Course {
    var progress = ScheduleProgress()
    /// The rates, that of update 1 first.
    var rates: [Double] = []
    /// What was reported, by the update before which it was.
    var reports: [Int: ShortenedWarmup] = [:]

    init(
      _ schedule: LearningRateSchedule, _ limit: WarmupLimit = .standard, updates: ClosedRange<Int>,
      progress: ScheduleProgress = ScheduleProgress(), share: (_ done: Int) -> Double
    ) {
      self.progress = progress
      for update in updates {
        let share = share(update - 1)
        self.progress.note(timeShare: share, before: update, schedule)
        reports[update] = self.progress.limitWarmup(timeShare: share, before: update, schedule, limit)
        rates.append(schedule.rate(update: update, progress: self.progress))
      }
    }
  }

  @Test func aDefaultWarmupTakesAThirdOfTheUpdatesThatFit() {
    let course = Course(schedule(warmup: 2000), updates: 1...600) { Double($0) / 600 }
    #expect(course.reports == [31: ShortenedWarmup(asked: 2000, updates: 200, fitting: 600)])
    // Until the speed is known, the rate rises slowly; then it reaches the peak and decays from there.
    #expect(course.rates[29] == 30.0 / 2000 && course.rates[30] == 31.0 / 200)
    #expect(course.rates[199] == 1 && course.rates.max() == 1)
    #expect(abs(course.rates[599] - (200.0 / 600).squareRoot()) < 1e-12)
  }

  @Test(arguments: [
    LearningRateSchedule.Decay.inverseSquareRoot, .constant, .linear, .cosine,
    .plateau(factor: 0.5, patience: 3),
  ])
  func everyScheduleReachesItsPeak(_ decay: LearningRateSchedule.Decay) {
    let course = Course(schedule(decay, warmup: 1000, length: 1500), updates: 1...165) { Double($0) / 165 }
    #expect(course.reports.values.map(\.updates) == [55], "\(course.reports)")
    #expect(course.rates[54] == 1 && course.rates.max() == 1)
  }

  @Test(arguments: [200, 100, 1, 0])
  func aWarmupThatFitsStaysTheSameToTheBit(_ warmup: Int) {
    let schedule = schedule(warmup: warmup)
    let course = Course(schedule, updates: 1...600) { Double($0) / 600 }
    #expect(course.reports.isEmpty)
    #expect(course.rates == (1...600).map { schedule.rate(update: $0) })
  }

  /// Kept if nine tenths of the updates are enough for it.
  @Test(arguments: [(200, 200), (400, 400), (540, 540), (550, 200), (2000, 200)])
  func aWarmupThatWasAskedForIsKeptIfItEnds(asked: Int, used: Int) {
    let course = Course(schedule(warmup: asked), .given, updates: 1...600) { Double($0) / 600 }
    #expect(course.reports.count == (asked == used ? 0 : 1))
    #expect(course.rates[used - 1] == 1 && course.rates.max() == 1)
  }

  @Test func aMachineThatSlowsDownEndsTheWarmupNow() {
    // 600 updates would have fit at the speed of the beginning.
    let course = Course(schedule(warmup: 2000), updates: 1...200) { done in
      done < 60 ? Double(done) / 600 : min(1, 0.1 + Double(done - 60) / 100)
    }
    #expect(course.reports.keys.sorted() == [31, 101])
    #expect(course.reports[101] == ShortenedWarmup(asked: 2000, updates: 100, fitting: 200))
    #expect(course.rates[99] == 0.5 && abs(course.rates[100] - (100.0 / 101).squareRoot()) < 1e-12)
  }

  @Test func updatesThatHardlyFitAreEnough() {
    let course = Course(schedule(warmup: 2000), updates: 1...3) { Double($0) * 0.4 }
    #expect(course.reports == [2: ShortenedWarmup(asked: 2000, updates: 1, fitting: 2)])
    #expect(course.rates.max() == course.rates[1] && course.rates[1] > 0.7)
  }

  /// With any budget: what is decided is part of the checkpoint.
  @Test(arguments: [0.01, 1, 3])
  func aResumedRunKeepsItsDecision(factor: Double) throws {
    let schedule = schedule(warmup: 2000)
    let whole = Course(schedule, updates: 1...600) { Double($0) / 600 }
    let first = Course(schedule, updates: 1...100) { Double($0) / 600 }
    let stored = try JSONDecoder().decode(
      ScheduleProgress.self, from: JSONEncoder().encode(first.progress))
    let second = Course(schedule, updates: 101...600, progress: stored) {
      min(0.49, factor * Double($0) / 600)
    }
    #expect(second.reports.isEmpty)
    #expect(first.rates + second.rates == whole.rates)
  }

  @Test func checkpointsOfEarlierVersionsHaveNoDecisionYet() throws {
    let stored = try JSONDecoder().decode(
      ScheduleProgress.self, from: Data(#"{"reductions":0,"validationsWithoutProgress":0}"#.utf8))
    #expect(stored == ScheduleProgress())
    let course = Course(schedule(warmup: 2000), updates: 101...600, progress: stored) { Double($0) / 600 }
    #expect(course.reports == [101: ShortenedWarmup(asked: 2000, updates: 200, fitting: 600)])
    // A warm-up that has ended is not looked at again.
    #expect(
      Course(schedule(warmup: 100), updates: 101...300, progress: stored) { _ in 0.9 }.reports.isEmpty)
  }

  /// It takes a quarter of the time at most, as before; now that is reported when the speed is known.
  @Test func aScheduleThatFollowsTheTimeIsOnlyReported() {
    let schedule = schedule(.linear, warmup: 300)
    let course = Course(schedule, .given, updates: 1...165) { Double($0) / 165 }
    #expect(course.reports.values.map(\.updates) == [41], "\(course.reports)")
    var progress = ScheduleProgress()
    let rates = (1...165).map { update in
      progress.note(timeShare: Double(update - 1) / 165, before: update, schedule)
      return schedule.rate(update: update, progress: progress)
    }
    #expect(course.rates == rates)
  }

  @Test(arguments: [(500, "alone needs"), (2000, "the warm-up alone needs 2,000")])
  func theNumbersAreSaid(asked: Int, words: String) {
    let warmup = ShortenedWarmup(asked: asked, updates: 200, fitting: 600)
    #expect(warmup.words.contains("about 600 updates fit") && warmup.words.contains("ends after 200"))
    #expect(warmup.words.contains(words) == (asked > 600), "\(warmup.words)")
  }

  @Test func aRunReportsItAndContinuesWithIt() throws {
    var fixture = try RunFixture()
    (fixture.plan.timeBudget, fixture.plan.validateEvery, fixture.plan.logEvery) = (20, 0, 1)
    fixture.options.schedule = LearningRateSchedule(peak: 0.001, warmup: 1_000_000)
    fixture.stopWhen = { !$0.shortened.isEmpty }
    let (end, record) = try fixture.run()
    #expect(end == .interrupted)
    let shortened = try #require(record.shortened.first)
    #expect(shortened.asked == 1_000_000 && shortened.updates < 1_000_000)
    #expect(record.state.schedule.warmup == shortened.updates)
    let entry = try #require(try fixture.log().first { $0["event"] as? String == "warmup_shortened" })
    #expect((entry["reason"] as? String)?.contains("1,000,000") ?? false)
    fixture.plan.timeBudget = 1e6
    let last = record.state.update + 10
    let resumed = try fixture.run(resuming: true, stoppingAt: last)
    #expect(resumed.record.shortened.isEmpty)
    let rates = try fixture.log().compactMap { $0["learning_rate"] as? Double }
    #expect(rates.count == last)
    var progress = ScheduleProgress()
    progress.warmup = shortened.updates
    // The log is read with the last digit rounded.
    let rate = fixture.options.schedule.rate(update: last, progress: progress)
    #expect(try abs(#require(rates.last) / Double(rate) - 1) < 1e-12)
  }

  @Test func aBudgetThatSufficesChangesNoBit() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 20
    fixture.options.schedule = LearningRateSchedule(peak: 0.01, warmup: 100)
    let plain = try fixture.run().record.weights
    fixture.plan.timeBudget = 1e9
    #expect(try fixture.run().record.weights == plain)
  }
}
