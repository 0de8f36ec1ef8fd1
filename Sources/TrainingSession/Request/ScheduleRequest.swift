import Models
import Recipes
import Training

/// Learning rate schedules by name.
public enum ScheduleName: String, Sendable, CaseIterable {
  /// The rate falls with the inverse square root of the updates.
  case inverseSquareRoot = "inverse-sqrt"
  /// The same, with a peak that follows from size and warm-up.
  case noam
  /// Half a wave of a cosine.
  case cosine
  /// A straight line.
  case linear
  /// The rate stays.
  case constant
  /// The rate falls whenever validations make no progress.
  case plateau

  /// Whether it comes to an end, which must be known from the start.
  var hasEnd: Bool { self == .cosine || self == .linear }
}

/// The learning rate over the updates.
public struct ScheduleRequest: Sendable, Equatable {
  /// How the rate falls after the warm-up.
  @Given public var name = ScheduleName.inverseSquareRoot
  /// The rate at its peak; nil: what suits the preset.
  public var learningRate: Double?
  /// Updates until the rate is at its peak; nil: what suits the preset.
  public var warmup: Int?
  /// Where the warm-up begins; nil: 1e-7.
  public var warmupFrom: Double?
  /// The rate below which no schedule falls; cosine and linear end there.
  public var minLearningRate = 0.0
  /// Where cosine and linear end; nil: at the last update, or when the time is up.
  public var updates: Int?
  /// Factor of noam's rate; nil: 1.
  public var noamFactor: Double?
  /// What plateau multiplies the rate by; nil: 0.5.
  public var plateauFactor: Double?
  /// Validations without progress before plateau does; nil: 3.
  public var plateauPatience: Int?

  /// The inverse square root.
  public init() {}

  /// The schedule with the settings that were given.
  ///
  /// - Parameters:
  ///   - model: whose size decides what was not given.
  ///   - maxUpdates: where the training ends.
  /// - Returns: the rate of every update.
  func makeSchedule(for model: ModelOutline, maxUpdates: Int?) -> LearningRateSchedule {
    guard name != .noam else {
      var result = LearningRateSchedule.noam(
        factor: noamFactor ?? 1, size: model.size, warmup: warmupUpdates(model))
      result.minimum = minLearningRate
      return result
    }
    var result = LearningRateSchedule(
      peak: learningRate ?? ScheduleRules.peakRate(model.preset), warmup: warmupUpdates(model),
      initial: warmupFrom ?? 1e-7)
    result.minimum = minLearningRate
    result.length = name.hasEnd ? updates ?? maxUpdates : nil
    result.decay =
      switch name {
      case .inverseSquareRoot, .noam: .inverseSquareRoot
      case .cosine: .cosine
      case .linear: .linear
      case .constant: .constant
      case .plateau: .plateau(factor: plateauFactor ?? 0.5, patience: plateauPatience ?? 3)
      }
    return result
  }

  private func warmupUpdates(_ model: ModelOutline) -> Int {
    warmup ?? ScheduleRules.warmupUpdates(model.preset)
  }

  /// Refuses settings of a schedule that was not chosen, and schedules that cannot be.
  func validate(for model: ModelOutline, in request: TrainingRequest) throws(TrainingRequestError) {
    try require([.noam], for: "--noam-factor", isGiven: noamFactor != nil)
    try require([.plateau], for: "--plateau-factor", isGiven: plateauFactor != nil)
    try require([.plateau], for: "--plateau-patience", isGiven: plateauPatience != nil)
    try require([.cosine, .linear], for: "--schedule-updates", isGiven: updates != nil)
    if name == .noam, learningRate != nil || warmupFrom != nil {
      throw .conflict(
        "'--schedule noam' rises from 0 to a rate of its own; give '--noam-factor' in place of "
          + "'--learning-rate' and '--warmup-from'")
    }
    if name.hasEnd { try validateEnd(for: model, request.stopping) }
    let patience = request.stopping.patience
    if name == .plateau, patience > 0, patience <= plateauPatience ?? 3 {
      throw .conflict(
        "training would stop by '--patience \(patience)' before the rate is reduced; give a smaller "
          + "'--plateau-patience' or a greater '--patience'")
    }
    let peak = makeSchedule(for: model, maxUpdates: request.stopping.maxUpdates).peak
    for (option, rate) in [("--min-learning-rate", minLearningRate), ("--warmup-from", warmupFrom ?? 0)]
    where rate > peak {
      throw .conflict("'\(option) \(rate)' is above the peak of the learning rate, \(peak)")
    }
  }

  private func validateEnd(for model: ModelOutline, _ stopping: StoppingRequest) throws(TrainingRequestError)
  {
    guard let length = updates ?? stopping.maxUpdates else {
      guard stopping.timeBudget == nil else { return }
      throw .conflict(
        "'--schedule \(name.rawValue)' must know when it ends; give '--schedule-updates', '--max-updates' or "
          + "'--time-budget'")
    }
    let warmup = warmupUpdates(model)
    if warmup >= length {
      throw .conflict(
        "a warm-up of \(warmup) updates leaves nothing of a schedule of \(length); give a smaller "
          + "'--warmup' or a greater '--schedule-updates'")
    }
  }

  private func require(
    _ schedules: [ScheduleName], for option: String, isGiven: Bool
  ) throws(TrainingRequestError) {
    guard isGiven, !schedules.contains(name) else { return }
    let names = schedules.map { "'--schedule \($0.rawValue)'" }.joined(separator: " or ")
    throw .conflict("'\(option)' has no effect with '--schedule \(name.rawValue)'; it needs \(names)")
  }
}
