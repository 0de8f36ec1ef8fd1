import Formatting
package import Recipes
package import Training

/// Says, after the first updates, how long a training will take, or how far it will get.
package struct TrainingForecast {
  private let limits: TrainingLimits
  private let tokensOfEpoch: Double
  private let schedule: LearningRateSchedule
  /// Whether the settings were chosen for the limits, so that the forecast is also a verdict on those.
  private let isAutomatic: Bool
  private var start: (tokens: Int, update: Int, elapsed: Double)?
  private var isDone = false

  /// Updates, or seconds, after which the speed is known well enough; at most a tenth of a time budget.
  private var isKnownAfter: (updates: Int, seconds: Double) {
    let (updates, seconds) = isAutomatic ? (100, 30.0) : (20, 10.0)
    return (updates, min(seconds, limits.seconds.map { $0 / 10 } ?? seconds))
  }

  /// A forecast before the first update.
  ///
  /// - Parameters:
  ///   - limits: those of the training.
  ///   - tokensOfEpoch: target tokens of the text, `</s>` included.
  ///   - schedule: the schedule of the learning rate.
  ///   - isAutomatic: whether the preset `auto` chose the settings.
  package init(
    _ limits: TrainingLimits, tokensOfEpoch: Int, schedule: LearningRateSchedule, isAutomatic: Bool
  ) {
    (self.limits, self.tokensOfEpoch) = (limits, Double(tokensOfEpoch))
    (self.schedule, self.isAutomatic) = (schedule, isAutomatic)
  }

  /// Records an update.
  ///
  /// - Returns: the line to show, only once.
  package mutating func note(_ state: TrainingState, elapsed: Double) -> String? {
    guard !isDone else { return nil }
    // The first update also allocates memory, and does not count.
    guard let start else {
      start = (state.targetTokens, state.update, elapsed)
      return nil
    }
    let (updates, seconds) = (state.update - start.update, elapsed - start.elapsed)
    guard updates >= isKnownAfter.updates || seconds >= isKnownAfter.seconds, updates > 0, seconds > 0
    else { return nil }
    isDone = true
    let tokens = Double(state.targetTokens - start.tokens)
    let outlook = Outlook(
      tokensOfEpoch: tokensOfEpoch, tokensOfUpdate: tokens / Double(updates), speed: tokens / seconds,
      limits: limits)
    let rate = Readable.rate(tokens / seconds, "target tokens")
    let done = state.update == 1 ? "1 update" : "\(Readable.count(state.update)) updates"
    let before = "after \(done): \(rate); "
    if isAutomatic { return before + outlook.verdict + timeLeft(outlook, elapsed: elapsed) }
    let end = ForecastEnd(outlook, updatesDone: state.update, elapsed: elapsed)
    let warning = end.shortfall(schedule).map { "warning: \($0)" }
    // Nothing is left to forecast after the last update.
    if let all = end.updates, state.update >= all { return warning }
    return before + end.words + (warning.map { "\n\($0)" } ?? "")
  }

  private func timeLeft(_ outlook: Outlook, elapsed: Double) -> String {
    guard outlook.tokens.isFinite, let speed = outlook.speed else { return "" }
    let left = limits.seconds.map { $0 - elapsed } ?? outlook.tokens / speed - elapsed
    return left > 0 ? "; \(Readable.duration(left)) left" : ""
  }
}
