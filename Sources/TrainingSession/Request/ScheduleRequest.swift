import Models
import Recipes
package import Training

/// Learning-rate schedules by name.
public enum ScheduleName: String, Sendable, CaseIterable {
  /// The inverse square root of the number of updates.
  case inverseSquareRoot = "inverse-sqrt"
  /// The same, with a peak computed from size and warm-up.
  case noam
  /// Half a cosine wave.
  case cosine
  /// A straight line.
  case linear
  /// The peak rate throughout.
  case constant
  /// Reduced whenever validation stops improving.
  case plateau

  /// Whether it has an end, which must be known from the start.
  var hasEnd: Bool { self == .cosine || self == .linear }
}

/// The learning-rate schedule.
public struct ScheduleRequest: Sendable, Equatable {
  /// The schedule after the warm-up.
  @Given public var name = ScheduleName.inverseSquareRoot
  /// Peak learning rate; nil: from the preset.
  public var learningRate: Double?
  /// Number of warm-up updates; nil: from the preset.
  public var warmup: Int?
  /// Learning rate at the start of the warm-up; nil: 1e-7.
  public var warmupFrom: Double?
  /// Minimum learning rate; cosine and linear end there.
  public var minLearningRate = 0.0
  /// Number of updates after which cosine and linear end; nil: at the last update, or when the time is up.
  public var updates: Int?
  /// Factor of the noam schedule; nil: 1.
  public var noamFactor: Double?
  /// Factor by which plateau multiplies the rate; nil: 0.5.
  public var plateauFactor: Double?
  /// Validations without progress before plateau reduces the rate; nil: 3.
  public var plateauPatience: Int?

  /// The schedule `inverse-sqrt`.
  public init() {}

  /// The schedule with the settings that were given.
  ///
  /// - Parameters:
  ///   - model: its size determines the defaults.
  ///   - maxUpdates: the last update of the training; nil: no limit.
  /// - Returns: the schedule.
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

  /// How much of a time budget the warm-up may take.
  package var warmupLimit: WarmupLimit { warmup == nil ? .standard : .given }

  private func warmupUpdates(_ model: ModelOutline) -> Int {
    warmup ?? ScheduleRules.warmupUpdates(model.preset)
  }

  /// Rejects settings of other schedules, and schedules that are impossible.
  func validate(for model: ModelOutline, in request: TrainingRequest) throws(TrainingRequestError) {
    try require([.noam], for: "--noam-factor", isGiven: noamFactor != nil)
    try require([.plateau], for: "--plateau-factor", isGiven: plateauFactor != nil)
    try require([.plateau], for: "--plateau-patience", isGiven: plateauPatience != nil)
    try require([.cosine, .linear], for: "--schedule-updates", isGiven: updates != nil)
    if name == .noam, learningRate != nil || warmupFrom != nil {
      throw .conflict(
        "'--schedule noam' starts at 0 and computes its peak; give '--noam-factor' instead of "
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
