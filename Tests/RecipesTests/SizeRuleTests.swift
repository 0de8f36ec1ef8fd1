import Models
import Recipes
import Testing
import Training

@Suite struct SizeRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let words: Int
    /// Nil: no limit.
    let hours: Double?
    /// Target tokens per second of tiny; the others are slower by measured factors.
    let speed: Double
    let expected: ModelPreset
    /// Sizes that are measured.
    let measured: [ModelPreset]
    var testDescription: String {
      "\(words) words, \(hours.map { "\($0) hours" } ?? "no limit"), \(speed) tokens/s"
    }

    init(
      _ words: Int, hours: Double?, speed: Double = 31_000, _ expected: ModelPreset, measured: [ModelPreset]
    ) {
      (self.words, self.hours, self.speed) = (words, hours, speed)
      (self.expected, self.measured) = (expected, measured)
    }
  }

  static let cases = [
    // A small text needs a small model, however much time there is.
    Case(8_000, hours: 0.1, .tiny, measured: [.tiny]),
    Case(370_000, hours: 1.0 / 3, .tiny, measured: [.tiny]),
    Case(370_000, hours: nil, .tiny, measured: [.tiny]),
    // Much text and little time: sizes without a chance are not even tried.
    Case(3_000_000, hours: 1.0 / 3, .tiny, measured: [.tiny]),
    Case(3_000_000, hours: 1.5, .tiny, measured: [.tiny, .small]),
    Case(3_000_000, hours: 3, .small, measured: [.tiny, .small]),
    Case(3_000_000, hours: nil, .small, measured: [.tiny, .small]),
    Case(100_000_000, hours: 24, .small, measured: [.tiny, .small]),
    Case(100_000_000, hours: 72, .base, measured: [.tiny, .small, .base]),
    Case(100_000_000, hours: 6, speed: 500_000, .base, measured: [.tiny, .small, .base]),
    Case(2_000_000_000, hours: nil, .big, measured: ModelPreset.sizes),
    Case(2_000_000_000, hours: 1.0 / 3, .tiny, measured: [.tiny]),
  ]

  static let work: [ModelPreset: Double] = [.tiny: 2.6e6, .small: 13.6e6, .base: 49e6, .big: 180e6]
  static let slowness: [ModelPreset: Double] = [.tiny: 1, .small: 4, .base: 13, .big: 42]

  @Test(arguments: cases)
  func followsFromTextAndTime(_ item: Case) {
    var limits = TrainingLimits()
    limits.seconds = item.hours.map { $0 * 3600 }
    let rule = SizeRule(
      .sample(words: (item.words, item.words)), limits, tokensOfEpoch: Double(item.words) * 1.2)
    var measured: [ModelPreset] = []
    let (choice, preset, speed) = rule.choose(work: { Self.work[$0]! }, fits: { _ in true }) {
      measured.append($0)
      let best = item.speed / Self.slowness[$0]!
      return MeasuredSpeed(alone: best, present: best / 2)
    }
    #expect(preset == item.expected && choice.value == "\(item.expected)", "\(choice)")
    #expect(measured == item.measured)
    #expect(speed.alone == item.speed / Self.slowness[preset]!)
  }

  @Test func memoryAndEpochsAreLimitsToo() {
    let profile = TextProfile.sample(words: (100_000_000, 100_000_000))
    func choose(_ limits: TrainingLimits, largest: ModelPreset = .big) -> Choice {
      let order = ModelPreset.sizes
      return SizeRule(profile, limits, tokensOfEpoch: 1.2e8).choose(
        work: { Self.work[$0]! }, fits: { order.firstIndex(of: $0)! <= order.firstIndex(of: largest)! },
        measure: { _ in MeasuredSpeed(alone: 1e6, present: 1e6) }
      ).choice
    }
    #expect(choose(TrainingLimits()).value == "base")
    let small = choose(TrainingLimits(), largest: .small)
    #expect(small.value == "small" && small.reason.contains("memory"))
    var limits = TrainingLimits()
    limits.epochs = 2
    #expect(choose(limits).value == "small")
    limits.epochs = 4
    #expect(choose(limits).value == "base")
    limits.updates = 1000
    #expect(choose(limits).value == "tiny")
  }

  @Test func aSpeedIsMeasuredAndIsNoFiction() {
    var options = SpeedTest.options
    options.shards = 2
    let test = SpeedTest(lengths: (6.4, 5), batchTokens: 120, vocabulary: 50, options: options)
    let small = ModelPreset.tiny.configuration(sourceVocabularySize: 50, targetVocabularySize: 50)
    var large = small
    (large.size, large.innerSize) = (256, 1024)
    let speeds = [small, large].map { test.measure($0, seconds: 0.2) }
    for speed in speeds { #expect(speed.alone >= speed.present && speed.present > 10) }
    #expect(speeds[0].alone > speeds[1].alone)
    #expect(SpeedTest.work(large) > 4 * SpeedTest.work(small))
  }
}
