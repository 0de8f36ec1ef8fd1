import Formatting
import Recipes
import Training

/// Forecasts, after the first updates, how far a training will get.
struct TrainingForecast {
  private let limits: TrainingLimits
  private let tokensOfEpoch: Double
  private var start: (tokens: Int, update: Int, elapsed: Double)?
  private var isDone = false

  /// Updates, or seconds, after which the speed is known well enough.
  private static let (updates, seconds) = (100, 30.0)

  init(_ limits: TrainingLimits, tokensOfEpoch: Int) {
    (self.limits, self.tokensOfEpoch) = (limits, Double(tokensOfEpoch))
  }

  /// Records an update.
  ///
  /// - Returns: the line to show, only once.
  mutating func note(_ state: TrainingState, elapsed: Double) -> String? {
    guard !isDone else { return nil }
    // The first update also allocates memory, and does not count.
    guard let start else {
      start = (state.targetTokens, state.update, elapsed)
      return nil
    }
    let (updates, seconds) = (state.update - start.update, elapsed - start.elapsed)
    guard updates >= Self.updates || seconds >= Self.seconds, updates > 0, seconds > 0 else { return nil }
    isDone = true
    let tokens = Double(state.targetTokens - start.tokens)
    let outlook = Outlook(
      tokensOfEpoch: tokensOfEpoch, tokensOfUpdate: tokens / Double(updates), speed: tokens / seconds,
      limits: limits)
    return
      "after \(Readable.count(state.update)) updates: \(Readable.rate(tokens / seconds, "target tokens")); "
      + outlook.verdict + timeLeft(outlook, elapsed: elapsed)
  }

  private func timeLeft(_ outlook: Outlook, elapsed: Double) -> String {
    guard outlook.tokens.isFinite, let speed = outlook.speed else { return "" }
    let left = limits.seconds.map { $0 - elapsed } ?? outlook.tokens / speed - elapsed
    return left > 0 ? "; \(Readable.duration(left)) left" : ""
  }
}
