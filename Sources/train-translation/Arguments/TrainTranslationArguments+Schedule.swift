import CommandLineArguments
import Models
import Training

/// Schedules by the names of `--schedule`.
enum ScheduleName: String, CaseIterable, ArgumentValue {
  case inverseSquareRoot = "inverse-sqrt"
  case noam, cosine, linear, constant, plateau

  /// Whether it comes to an end, which must be known from the start.
  var hasEnd: Bool { self == .cosine || self == .linear }
}

extension TrainTranslationArguments {
  static let scheduleOptions: [Option<Self>] = [
    Option(
      "--schedule", "name", "how the rate falls after the warm-up; see below", \.schedule),
    Option("--learning-rate", "rate", "at its peak (default: by preset)", \.learningRate, limit: .above(0)),
    Option(
      "--warmup", "updates", "until the rate is at its peak (default: by preset)", \.warmup,
      limit: .atLeast(0)),
    Option(
      "--warmup-from", "rate", "where the warm-up begins (default: 1e-07)", \.warmupFrom, limit: .atLeast(0)),
    Option(
      "--min-learning-rate", "rate", "below which no schedule falls; cosine and linear end there",
      \.minLearningRate, limit: .atLeast(0)),
    Option(
      "--schedule-updates", "count",
      "where cosine and linear end (default: --max-updates, without it when --time-budget is up)",
      \.scheduleUpdates, limit: .atLeast(1)
    )
    .only(with: \.schedule, .cosine, .linear),
    Option(
      "--noam-factor", "factor", "of noam's rate (default: 1)", \.noamFactor, limit: .above(0)
    )
    .only(with: \.schedule, .noam),
    Option(
      "--plateau-factor", "factor", "what plateau multiplies the rate by (default: 0.5)", \.plateauFactor,
      limit: .above(0, atMost: 1)
    )
    .only(with: \.schedule, .plateau),
    Option(
      "--plateau-patience", "count", "validations without progress before it does (default: 3)",
      \.plateauPatience, limit: .atLeast(1)
    )
    .only(with: \.schedule, .plateau),
  ]

  /// The schedule with the settings that were given.
  func makeSchedule() -> LearningRateSchedule {
    guard schedule != .noam else {
      var result = LearningRateSchedule.noam(
        factor: noamFactor ?? 1, size: modelSize, warmup: warmupUpdates)
      result.minimum = minLearningRate
      return result
    }
    var result = LearningRateSchedule(
      peak: peakLearningRate, warmup: warmupUpdates, initial: warmupFrom ?? 1e-7)
    result.minimum = minLearningRate
    result.length = schedule.hasEnd ? scheduleLength : nil
    result.decay =
      switch schedule {
      case .inverseSquareRoot, .noam: .inverseSquareRoot
      case .cosine: .cosine
      case .linear: .linear
      case .constant: .constant
      case .plateau: .plateau(factor: plateauFactor ?? 0.5, patience: plateauPatience ?? 3)
      }
    return result
  }

  /// The update at which the schedule ends; nil where the time budget ends it.
  private var scheduleLength: Int? { scheduleUpdates ?? maxUpdates }

  /// The peak learning rate: given, or what works for the preset's size.
  var peakLearningRate: Double {
    if let learningRate { return learningRate }
    return switch preset {
    case .tiny: 5e-3
    case .small: 1e-3
    case .base: 7e-4
    case .big: 5e-4
    }
  }

  /// Updates of warm-up: given, or what works for the preset's size.
  var warmupUpdates: Int { warmup ?? (preset == .tiny || preset == .small ? 2000 : 4000) }

  private var modelSize: Int {
    size ?? preset.configuration(sourceVocabularySize: 1, targetVocabularySize: 1).size
  }

  /// Refuses schedules that cannot be.
  func validateSchedule() throws(ArgumentError) {
    if schedule == .noam, learningRate != nil || warmupFrom != nil {
      throw .conflict(
        "'--schedule noam' rises from 0 to a rate of its own; give '--noam-factor' in place of "
          + "'--learning-rate' and '--warmup-from'")
    }
    if schedule.hasEnd { try validateEnd() }
    if schedule == .plateau, patience > 0, patience <= plateauPatience ?? 3 {
      throw .conflict(
        "training would stop by '--patience \(patience)' before the rate is reduced; give a smaller "
          + "'--plateau-patience' or a greater '--patience'")
    }
    let peak = makeSchedule().peak
    for (option, rate) in [("--min-learning-rate", minLearningRate), ("--warmup-from", warmupFrom ?? 0)]
    where rate > peak {
      throw .conflict("'\(option) \(rate)' is above the peak of the learning rate, \(peak)")
    }
  }

  private func validateEnd() throws(ArgumentError) {
    guard let length = scheduleLength else {
      guard timeBudget == nil else { return }
      throw .conflict(
        "'--schedule \(schedule.rawValue)' must know when it ends; give '--schedule-updates', '--max-updates' or "
          + "'--time-budget'")
    }
    if warmupUpdates >= length {
      throw .conflict(
        "a warm-up of \(warmupUpdates) updates leaves nothing of a schedule of \(length); give a smaller "
          + "'--warmup' or a greater '--schedule-updates'")
    }
  }
}
