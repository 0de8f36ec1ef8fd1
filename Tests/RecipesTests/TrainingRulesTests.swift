import Models
import Recipes
import Testing
import Training

extension SpeedTest {
  static let options = TrainerOptions()
}

/// The settings that follow from a text and a budget once the size is known.
@Suite struct TrainingRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let words: Int
    let preset: ModelPreset
    let parameters: Int
    let speed: Double
    /// Nil: no limit.
    let minutes: Double?
    /// Values by option.
    let expected: [String: String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "a thousand pairs, ten minutes", words: 8_000, preset: .tiny, parameters: 1_500_000,
      speed: 25_000,
      minutes: 10,
      expected: [
        "--batch-tokens": "1024", "--dropout": "0.3", "--bpe-dropout": "0.1", "--r-drop": "0",
        "--schedule": "linear", "--warmup": "2000", "--validate-every": "1000", "--patience": "0",
      ]),
    Case(
      name: "Multi30k, twenty minutes", words: 375_000, preset: .tiny, parameters: 2_350_000, speed: 31_000,
      minutes: 20,
      expected: [
        "--batch-tokens": "4096", "--dropout": "0.3", "--bpe-dropout": "0", "--r-drop": "0",
        "--schedule": "linear", "--warmup": "2000", "--validate-every": "500", "--patience": "0",
      ]),
    Case(
      name: "Multi30k, one minute", words: 375_000, preset: .tiny, parameters: 2_350_000, speed: 31_000,
      minutes: 1,
      expected: [
        "--batch-tokens": "4096", "--dropout": "0.3", "--bpe-dropout": "0", "--warmup": "100",
        "--validate-every": "200", "--patience": "0",
      ]),
    Case(
      name: "Tatoeba, twenty minutes", words: 125_000, preset: .tiny, parameters: 2_950_000, speed: 25_000,
      minutes: 20,
      expected: [
        "--batch-tokens": "2048", "--dropout": "0.3", "--bpe-dropout": "0.1", "--r-drop": "0",
        "--schedule": "linear", "--warmup": "2000", "--patience": "0",
      ]),
    Case(
      name: "Multi30k, until nothing gets better", words: 375_000, preset: .tiny, parameters: 2_350_000,
      speed: 31_000, minutes: nil,
      expected: [
        "--bpe-dropout": "0", "--r-drop": "2", "--schedule": "inverse-sqrt", "--warmup": "2000",
        "--validate-every": "500", "--patience": "10",
      ]),
    Case(
      name: "Multi30k, an hour", words: 375_000, preset: .tiny, parameters: 2_350_000, speed: 31_000,
      minutes: 60, expected: ["--bpe-dropout": "0", "--r-drop": "2", "--schedule": "linear"]),
    Case(
      name: "160,000 pairs, until nothing gets better", words: 3_300_000, preset: .small,
      parameters: 14_000_000, speed: 8_000, minutes: nil,
      expected: ["--dropout": "0.3", "--bpe-dropout": "0.1", "--r-drop": "5", "--patience": "10"]),
    Case(
      name: "four million pairs, three days", words: 110_000_000, preset: .base, parameters: 63_000_000,
      speed: 2_400, minutes: 4320,
      expected: [
        "--batch-tokens": "8192", "--dropout": "0.1", "--bpe-dropout": "0", "--r-drop": "0",
        "--warmup": "4000",
        "--validate-every": "5000",
      ]),
    Case(
      name: "much text, hardly seen once", words: 10_000_000, preset: .tiny, parameters: 4_000_000,
      speed: 31_000, minutes: 10, expected: ["--dropout": "0.1", "--bpe-dropout": "0"]),
  ]

  @Test(arguments: cases)
  func followFromTextAndTime(_ item: Case) {
    let profile = TextProfile.sample(words: (item.words, item.words))
    let batch = BatchRule.choice(profile, preset: item.preset, threads: 2)
    var limits = TrainingLimits()
    limits.seconds = item.minutes.map { $0 * 60 }
    let outlook = Outlook(
      tokensOfEpoch: Double(item.words) * 1.15, tokensOfUpdate: Double(batch.value)! * 0.9, speed: item.speed,
      limits: limits)
    let model = item.preset.configuration(sourceVocabularySize: 9, targetVocabularySize: 9)
    let schedule = ScheduleRules.schedule(limits)
    let choices = [
      batch, RegularizationRules.dropout(profile, parameters: item.parameters, outlook: outlook),
      RegularizationRules.bpeDropout(profile, outlook: outlook),
      RegularizationRules.rDrop(profile, size: model.size, dropout: 0.3, outlook: outlook), schedule,
      ScheduleRules.warmup(item.preset, outlook: outlook),
      ScheduleRules.validateEvery(outlook, validationTokens: 15_000),
      ScheduleRules.patience(schedule.value),
    ]
    let values = Dictionary(uniqueKeysWithValues: choices.map { ($0.option, $0.value) })
    for (option, value) in item.expected { #expect(values[option] == value, "\(option)") }
    #expect(choices.allSatisfy { !$0.reason.isEmpty && !$0.source.isEmpty })
  }

  /// A machine that is sometimes busy must not change the recipe.
  @Test(arguments: [26_000.0, 31_000, 36_000])
  func smallDifferencesOfSpeedChangeNothing(speed: Double) {
    var limits = TrainingLimits()
    limits.seconds = 1200
    let outlook = Outlook(tokensOfEpoch: 430_000, tokensOfUpdate: 3600, speed: speed, limits: limits)
    #expect(ScheduleRules.warmup(.tiny, outlook: outlook).value == "2000")
    #expect(ScheduleRules.validateEvery(outlook, validationTokens: 15_000).value == "500")
  }

  @Test func aLongValidationIsRarer() {
    var limits = TrainingLimits()
    limits.seconds = 1200
    let outlook = Outlook(tokensOfEpoch: 430_000, tokensOfUpdate: 3600, speed: 5000, limits: limits)
    let (short, long) = (15_000.0, 200_000.0)
    let intervals = [short, long].map {
      Int(ScheduleRules.validateEvery(outlook, validationTokens: $0).value) ?? 0
    }
    #expect(intervals == [100, 500])
    // The first model must not take a day.
    limits.seconds = 864_000
    let days = Outlook(tokensOfEpoch: 1e7, tokensOfUpdate: 3600, speed: 9000, limits: limits)
    #expect(ScheduleRules.validateEvery(days, validationTokens: short).value == "5000")
  }

  @Test func rDropNeedsDropout() {
    let profile = TextProfile.sample(words: (300_000, 300_000))
    let outlook = Outlook(tokensOfEpoch: 3e5, tokensOfUpdate: 3e3, speed: nil, limits: TrainingLimits())
    #expect(RegularizationRules.rDrop(profile, size: 256, dropout: 0.3, outlook: outlook).value == "5")
    #expect(RegularizationRules.rDrop(profile, size: 256, dropout: 0, outlook: outlook).value == "0")
    #expect(RegularizationRules.rDrop(profile, size: 128, dropout: 0.3, outlook: outlook).value == "2")
    #expect(RegularizationRules.rDrop(profile, size: 128, dropout: 0, outlook: outlook).value == "0")
    #expect(RegularizationRules.rDrop(profile, size: 64, dropout: 0.3, outlook: outlook).value == "0")
  }

  @Test func manyThreadsGetLargeBatchesOfMuchText() {
    let (little, much) = (
      TextProfile.sample(words: (300_000, 300_000)), TextProfile.sample(words: (1, 30_000_000))
    )
    #expect(BatchRule.tokens(little, preset: .small, threads: 32) == 4096)
    #expect(BatchRule.tokens(much, preset: .small, threads: 32) == 16384)
    #expect(BatchRule.tokens(much, preset: .big, threads: 2) == 16384)
  }

  @Test(arguments: [(99, 0), (100, 20), (1000, 50), (20_000, 1000), (100_000_000, 2000)])
  func aShareIsHeldOut(pairs: Int, count: Int) { #expect(HeldOutRule.count(pairs: pairs) == count) }

  @Test func theVerdictTellsWhatTheTimeAllows() {
    func verdict(seconds: Double?, epoch: Double) -> String {
      var limits = TrainingLimits()
      limits.seconds = seconds
      return Outlook(tokensOfEpoch: epoch, tokensOfUpdate: 3600, speed: 30_000, limits: limits).verdict
    }
    #expect(verdict(seconds: 1200, epoch: 430_000) == "about 9,300 updates, 78 epochs: enough for this size")
    #expect(verdict(seconds: 60, epoch: 430_000).contains("too little"))
    #expect(verdict(seconds: 1200, epoch: 1e9).contains("not all of the text"))
    #expect(verdict(seconds: nil, epoch: 430_000).contains("251 epochs per hour"))
  }
}
