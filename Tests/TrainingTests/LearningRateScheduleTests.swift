import Testing
import Training

@Suite struct LearningRateScheduleTests {
  @Test(arguments: [
    (1, 0.001), (5, 0.005), (9, 0.009), (10, 0.01), (11, 0.009534625892455923), (40, 0.005),
    (90, 0.0033333333333333335), (1000, 0.001), (1_000_000, 3.1622776601683795e-05),
  ])
  func rateRisesInALineAndFallsWithTheSquareRoot(update: Int, expected: Double) {
    let schedule = LearningRateSchedule(peak: 0.01, warmup: 10, initial: 0)
    #expect(abs(schedule.rate(update: update) - expected) < 1e-12)
  }

  @Test func warmupStartsAtTheInitialRate() {
    let schedule = LearningRateSchedule(peak: 1, warmup: 4, initial: 0.2)
    let rates = (1...4).map { schedule.rate(update: $0) }
    for (rate, expected) in zip(rates, [0.4, 0.6, 0.8, 1]) { #expect(abs(rate - expected) < 1e-12) }
  }

  @Test func withoutWarmupTheRateFallsFromTheFirstUpdate() {
    let schedule = LearningRateSchedule(peak: 0.5, warmup: 0)
    #expect(schedule.rate(update: 1) == 0.5)
    #expect(schedule.rate(update: 4) == 0.25)
  }
}
