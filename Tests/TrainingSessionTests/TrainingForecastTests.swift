import Recipes
import Testing
import Training
import TrainingSession

/// What is said about a training after its first updates.
@Suite struct TrainingForecastTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var updates: Int?
    var epochs: Int?
    var seconds: Double?
    var warmup = 100
    /// The end of a linear schedule; nil for the inverse square root.
    var length: Int?
    let words: [String]
    /// Nil: no warning.
    var warning: String?
    var testDescription: String { name }
  }

  /// An update has 1,000 target tokens and takes 0.1 s; 7% of the time goes to validations; an epoch has 50 updates.
  static let cases = [
    Case(
      name: "updates", updates: 1500,
      words: ["after 21 updates: 10.0 k target tokens/s", "1,500 updates will be done in about 2m 39s"]),
    Case(name: "epochs", epochs: 4, words: ["200 updates will be done in about 19s"]),
    Case(name: "updates or epochs", updates: 1500, epochs: 4, words: ["200 updates will be done in"]),
    Case(name: "time", seconds: 102.1, words: ["about 951 updates will fit into 1m 42s"]),
    Case(
      name: "enough time", updates: 900, seconds: 102.1,
      words: ["900 updates will be done in about 1m 35s"]),
    Case(
      name: "too little time", updates: 1500, seconds: 102.1,
      words: ["about 951 updates will fit into 1m 42s"],
      warning: "--time-budget is too short for 1,500 updates; give more time, or fewer updates"),
    Case(
      name: "too little time for the schedule", updates: 1500, seconds: 102.1, length: 1200, words: ["951"],
      warning:
        "--time-budget is too short for 1,200 updates, at which the learning rate would reach its minimum"),
    Case(
      name: "no limit", words: ["an epoch takes about 5.4s; training ends when validation stops improving"]),
    Case(
      name: "a warm-up that never ends", updates: 500, warmup: 2000, words: ["500 updates will be done in"],
      warning: "the warm-up of 2,000 updates is longer than the training of 500"),
    Case(
      name: "a warm-up that a run will shorten", seconds: 102.1, warmup: 2000, words: ["about 951 updates"]),
  ]

  private func state(_ update: Int) -> TrainingState {
    var state = TrainingState()
    (state.update, state.targetTokens) = (update, 1000 * update)
    return state
  }

  @Test(arguments: cases) func theFirstUpdatesTellHowLongItTakes(_ item: Case) throws {
    var limits = TrainingLimits()
    (limits.updates, limits.epochs, limits.seconds) = (item.updates, item.epochs, item.seconds)
    var schedule = LearningRateSchedule(peak: 1, warmup: item.warmup)
    if let length = item.length { (schedule.decay, schedule.length) = (.linear, length) }
    var forecast = TrainingForecast(limits, tokensOfEpoch: 50_000, schedule: schedule, isAutomatic: false)
    let lines = (1...100).compactMap { forecast.note(state($0), elapsed: 0.1 * Double($0)) }
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    for words in item.words { #expect(line.contains(words), "\(line)") }
    #expect(line.contains("\nwarning: ") == (item.warning != nil), "\(line)")
    if let warning = item.warning { #expect(line.contains("\nwarning: \(warning)"), "\(line)") }
  }

  @Test func slowUpdatesAreForecastEarlier() throws {
    var limits = TrainingLimits()
    limits.updates = 100
    var forecast = TrainingForecast(
      limits, tokensOfEpoch: 50_000, schedule: LearningRateSchedule(peak: 1, warmup: 10), isAutomatic: false)
    for update in 1...2 {
      let early = forecast.note(state(update), elapsed: 9 * Double(update))
      #expect(early == nil)
    }
    let line = forecast.note(state(3), elapsed: 27)
    #expect(try #require(line).hasPrefix("after 3 updates: 111 target tokens/s"))
  }

  @Test func aResumedTrainingCountsWhatIsLeft() throws {
    var limits = TrainingLimits()
    limits.updates = 1500
    var forecast = TrainingForecast(
      limits, tokensOfEpoch: 50_000, schedule: LearningRateSchedule(peak: 1, warmup: 10), isAutomatic: false)
    let lines = (1401...1430).compactMap { forecast.note(state($0), elapsed: 500 + 0.1 * Double($0)) }
    #expect(
      lines == ["after 1,421 updates: 10.0 k target tokens/s; 1,500 updates will be done in about 8.5s"]
    )
  }

  @Test func nothingIsForecastAfterTheLastUpdate() {
    var limits = TrainingLimits()
    limits.updates = 5
    for (warmup, expected) in [(2, nil), (10, "warning: the warm-up of 10 updates is longer than")] {
      var forecast = TrainingForecast(
        limits, tokensOfEpoch: 50_000, schedule: LearningRateSchedule(peak: 1, warmup: warmup),
        isAutomatic: false)
      let lines = (1...5).compactMap { forecast.note(state($0), elapsed: 3 * Double($0)) }
      #expect(lines.count == (expected == nil ? 0 : 1))
      if let expected { #expect(lines.allSatisfy { $0.hasPrefix(expected) }, "\(lines)") }
    }
  }
}
