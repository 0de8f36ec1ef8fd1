internal import Foundation

/// The learning rate of every update: a warm-up to the peak, then a decay.
public struct LearningRateSchedule: Sendable, Equatable {
  /// How the rate changes when the warm-up is over.
  public enum Decay: Sendable, Equatable {
    /// With the inverse square root of the updates: `peak · √(warmup / update)`.
    ///
    /// Source: Vaswani et al. 2017, equation 3, stated by its peak instead of the model size.
    case inverseSquareRoot
    /// Along half a wave of a cosine down to the minimum, where the schedule ends.
    ///
    /// Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts.
    case cosine
    /// In a straight line down to the minimum, where the schedule ends.
    case linear
    /// Not at all.
    case constant
    /// By a factor whenever so many validations in a row, `patience`, were no better.
    case plateau(factor: Double, patience: Int)
  }

  /// How the rate changes when the warm-up is over.
  public var decay = Decay.inverseSquareRoot
  /// The greatest rate, reached when the warm-up ends.
  public var peak: Double
  /// The rate before the first update.
  public var initial: Double
  /// Updates over which the rate rises in a straight line from ``initial`` to ``peak``.
  public var warmup: Int
  /// The rate does not fall below this; cosine and line end at it.
  public var minimum = 0.0
  /// The update at which cosine and line end; nil: they end when the time budget does.
  public var length: Int?

  /// Warm-up to `peak`, then decay by the inverse square root.
  public init(peak: Double, warmup: Int, initial: Double = 1e-7) {
    (self.peak, self.warmup, self.initial) = (peak, warmup, initial)
  }

  /// The schedule of the Transformer's paper: `factor · size^-0.5 · min(update^-0.5, update · warmup^-1.5)`.
  ///
  /// - Parameters:
  ///   - factor: 1 in the paper.
  ///   - size: of the model, d_model.
  ///   - warmup: updates until the rate is at its peak; 0 counts as 1.
  /// - Returns: the schedule with the peak that follows, which grows from 0 and has no minimum.
  ///
  /// Source: Vaswani et al. 2017, equation 3.
  public static func noam(factor: Double, size: Int, warmup: Int) -> LearningRateSchedule {
    let peak = factor / (Double(size) * Double(max(warmup, 1))).squareRoot()
    return LearningRateSchedule(peak: peak, warmup: warmup, initial: 0)
  }

  /// The rate of an update.
  ///
  /// - Parameters:
  ///   - update: counted from 1.
  ///   - progress: what some schedules need to know beside it.
  /// - Returns: at most ``peak``, if that is not below ``initial``; after the warm-up at least ``minimum``.
  public func rate(update: Int, progress: ScheduleProgress = ScheduleProgress()) -> Double {
    let warmth = warmth(update: update, progress: progress)
    guard warmth >= 1 else { return initial + (peak - initial) * warmth }
    return max(minimum, decayed(update: update, progress: progress))
  }

  /// How far the warm-up is, 1 at its end.
  ///
  /// A warm-up that is too long for the time budget is shortened, or the rate would never come down.
  private func warmth(update: Int, progress: ScheduleProgress) -> Double {
    let byUpdates = Double(update) / Double(max(warmup, 1))
    guard warmup > 0 else { return 1 }
    return progress.warmupShare != nil ? 1 : max(byUpdates, timed(progress) / longestWarmup)
  }

  private func decayed(update: Int, progress: ScheduleProgress) -> Double {
    switch decay {
    case .inverseSquareRoot: peak * (Double(max(warmup, 1)) / Double(update)).squareRoot()
    case .cosine: minimum + (peak - minimum) * (1 + cos(.pi * share(update, progress))) / 2
    case .linear: minimum + (peak - minimum) * (1 - share(update, progress))
    case .constant: peak
    case .plateau(let factor, _): peak * pow(factor, Double(progress.reductions))
    }
  }

  /// The share of the way from the end of the warm-up to the end of the schedule.
  private func share(_ update: Int, _ progress: ScheduleProgress) -> Double {
    let share: Double
    if let length {
      share = Double(update - warmup) / Double(max(length - warmup, 1))
    } else {
      let start = progress.warmupShare ?? 0
      share = (timed(progress) - start) / max(1 - start, 1e-9)
    }
    return min(max(share, 0), 1)
  }

  private func timed(_ progress: ScheduleProgress) -> Double { isTimed ? progress.timeShare ?? 0 : 0 }

  /// Whether the time that has passed decides, not the update.
  var isTimed: Bool { length == nil && (decay == .cosine || decay == .linear) }
}

/// The share of a time budget that a warm-up takes at most.
let longestWarmup = 0.25
