import Foundation
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

  struct Shape: Sendable {
    let decay: LearningRateSchedule.Decay
    /// The rates of updates 1, 5, 10, 35, 60, 85, 110, 1000: warm-up, peak, middle, end, and long after it.
    let rates: [Double]
  }

  @Test(arguments: [
    Shape(
      decay: .cosine,
      rates: [0.1, 0.5, 1, 0.1 + 0.45 * (1 + sqrt(0.5)), 0.55, 0.1 + 0.45 * (1 - sqrt(0.5)), 0.1, 0.1]),
    Shape(decay: .linear, rates: [0.1, 0.5, 1, 0.775, 0.55, 0.325, 0.1, 0.1]),
    Shape(decay: .constant, rates: [0.1, 0.5, 1, 1, 1, 1, 1, 1]),
    Shape(
      decay: .inverseSquareRoot,
      rates: [0.1, 0.5, 1, sqrt(10.0 / 35), sqrt(10.0 / 60), sqrt(10.0 / 85), sqrt(10.0 / 110), 0.1]),
    Shape(decay: .plateau(factor: 0.5, patience: 2), rates: [0.1, 0.5, 1, 1, 1, 1, 1, 1]),
  ])
  func ratesHaveTheirShape(_ shape: Shape) {
    var schedule = LearningRateSchedule(peak: 1, warmup: 10, initial: 0)
    (schedule.decay, schedule.minimum, schedule.length) = (shape.decay, 0.1, 110)
    for (update, expected) in zip([1, 5, 10, 35, 60, 85, 110, 1000], shape.rates) {
      #expect(abs(schedule.rate(update: update) - expected) < 1e-12, "\(shape.decay), update \(update)")
    }
  }

  /// A literal implementation of equation 3 of the paper cited at the function.
  @Test(arguments: [(1.0, 512, 4000), (2.0, 128, 10), (1.0, 4, 1)])
  func noamIsThePapersEquation(factor: Double, size: Int, warmup: Int) {
    let schedule = LearningRateSchedule.noam(factor: factor, size: size, warmup: warmup)
    for update in [1, 2, warmup / 2 + 1, warmup, warmup + 1, 2 * warmup, 100_000] {
      let step = Double(update)
      let expected =
        factor * pow(Double(size), -0.5) * min(pow(step, -0.5), step * pow(Double(warmup), -1.5))
      #expect(abs(schedule.rate(update: update) / expected - 1) < 1e-12)
    }
  }

  @Test func reductionsGoNoFurtherThanTheMinimum() {
    var schedule = LearningRateSchedule(peak: 1, warmup: 0)
    (schedule.decay, schedule.minimum) = (.plateau(factor: 0.5, patience: 1), 0.2)
    let rates = (0...4).map { reductions in
      var progress = ScheduleProgress()
      progress.reductions = reductions
      return schedule.rate(update: 7, progress: progress)
    }
    #expect(rates == [1, 0.5, 0.25, 0.2, 0.2])
  }
}

/// Compares the rates of every update of a schedule with PyTorch; see `tools/make-optimizer-fixtures`.
@Suite struct PyTorchScheduleTests {
  struct Fixture: Decodable {
    struct Plateau: Decodable {
      let factor: Double
      let patience: Int
      let perplexities, rates: [Double]
    }

    let peak, initial, minimum: Double
    let warmup, length: Int
    let cosine, linear, constant, inverseSquareRoot: [Double]
    let plateau: Plateau
  }

  let fixture: Fixture

  init() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    fixture = try decoder.decode(
      Fixture.self, from: Data(contentsOf: path.appending(path: "Fixtures/schedules.json")))
  }

  private func schedule(_ decay: LearningRateSchedule.Decay) -> LearningRateSchedule {
    var schedule = LearningRateSchedule(
      peak: fixture.peak, warmup: fixture.warmup, initial: fixture.initial)
    (schedule.decay, schedule.minimum, schedule.length) = (decay, fixture.minimum, fixture.length)
    return schedule
  }

  @Test func everyRateAgrees() {
    let cases: [(LearningRateSchedule.Decay, [Double])] = [
      (.cosine, fixture.cosine), (.linear, fixture.linear), (.constant, fixture.constant),
      (.inverseSquareRoot, fixture.inverseSquareRoot),
    ]
    for (decay, rates) in cases {
      // Past the end, where the fixture stops, inverse square root decay continues.
      let count = decay == .inverseSquareRoot ? fixture.length : rates.count
      for update in 1...count {
        let deviation = schedule(decay).rate(update: update) / rates[update - 1] - 1
        #expect(abs(deviation) < 1e-10, "\(decay), update \(update)")
      }
    }
  }

  @Test func plateausAreThoseOfPyTorch() {
    let item = fixture.plateau
    let schedule = schedule(.plateau(factor: item.factor, patience: item.patience))
    var (progress, best) = (ScheduleProgress(), Double.infinity)
    for (perplexity, expected) in zip(item.perplexities, item.rates) {
      progress.noteValidation(isBest: perplexity < best, update: fixture.warmup, schedule)
      best = min(best, perplexity)
      let rate = schedule.rate(update: fixture.warmup + 1, progress: progress)
      #expect(abs(rate / expected - 1) < 1e-12)
    }
    #expect(progress.reductions == 3)
  }
}
