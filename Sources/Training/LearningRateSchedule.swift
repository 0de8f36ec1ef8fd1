internal import Foundation

/// The learning rate as a function of the update: a warm-up to the peak, then a decay.
public struct LearningRateSchedule: Sendable, Equatable {
  /// How the rate changes after the warm-up.
  public enum Decay: Sendable, Equatable {
    /// With the inverse square root of the updates: `peak · √(warmup / update)`.
    ///
    /// Source: Vaswani et al. 2017, equation 3, parameterized by the peak instead of the model size.
    case inverseSquareRoot
    /// Along half a cosine wave down to the minimum at the end of the schedule.
    ///
    /// Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without restarts.
    case cosine
    /// Linearly down to the minimum at the end of the schedule.
    case linear
    /// Not at all.
    case constant
    /// Multiplied by a factor whenever `patience` validations in a row were no better.
    case plateau(factor: Double, patience: Int)
  }

  /// How the rate changes after the warm-up.
  public var decay = Decay.inverseSquareRoot
  /// The highest rate, reached at the end of the warm-up.
  public var peak: Double
  /// The rate before the first update.
  public var initial: Double
  /// The number of updates over which the rate rises linearly from ``initial`` to ``peak``.
  public var warmup: Int
  /// The lowest rate after the warm-up; cosine and linear schedules end at it.
  public var minimum = 0.0
  /// The update at which cosine and linear schedules end; nil to end with the time budget.
  public var length: Int?

  /// Warm-up to `peak`, then inverse square root decay.
  public init(peak: Double, warmup: Int, initial: Double = 1e-7) {
    (self.peak, self.warmup, self.initial) = (peak, warmup, initial)
  }

  /// The schedule of the Transformer paper: `factor · size^-0.5 · min(update^-0.5, update · warmup^-1.5)`.
  ///
  /// - Parameters:
  ///   - factor: 1 in the paper.
  ///   - size: the size of the model, d_model.
  ///   - warmup: the number of updates until the peak; 0 counts as 1.
  /// - Returns: a schedule with the corresponding peak, starting from 0 and without a minimum.
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
  ///   - progress: what some schedules need to know besides the update.
  /// - Returns: the rate: at most ``peak`` unless ``initial`` is higher; after the warm-up, at least ``minimum``.
  public func rate(update: Int, progress: ScheduleProgress = ScheduleProgress()) -> Double {
    let warmth = warmth(update: update, progress: progress)
    guard warmth >= 1 else { return initial + (peak - initial) * warmth }
    return max(minimum, decayed(update: update, progress: progress))
  }

  /// The progress of the warm-up, 1 at its end.
  ///
  /// A warm-up that is too long for the time budget is shortened; otherwise the rate would never decay.
  private func warmth(update: Int, progress: ScheduleProgress) -> Double {
    let warmup = warmup(progress)
    guard warmup > 0 else { return 1 }
    let byUpdates = Double(update) / Double(warmup)
    return progress.warmupShare != nil ? 1 : max(byUpdates, timed(progress) / longestWarmup)
  }

  /// The number of warm-up updates that the time budget allows for.
  private func warmup(_ progress: ScheduleProgress) -> Int { progress.warmup ?? warmup }

  private func decayed(update: Int, progress: ScheduleProgress) -> Double {
    switch decay {
    case .inverseSquareRoot: peak * (Double(max(warmup(progress), 1)) / Double(update)).squareRoot()
    case .cosine: minimum + (peak - minimum) * (1 + cos(.pi * share(update, progress))) / 2
    case .linear: minimum + (peak - minimum) * (1 - share(update, progress))
    case .constant: peak
    case .plateau(let factor, _): peak * pow(factor, Double(progress.reductions))
    }
  }

  /// The progress from the end of the warm-up to the end of the schedule, from 0 to 1.
  private func share(_ update: Int, _ progress: ScheduleProgress) -> Double {
    let share: Double
    if let length {
      let warmup = warmup(progress)
      share = Double(update - warmup) / Double(max(length - warmup, 1))
    } else {
      let start = progress.warmupShare ?? 0
      share = (timed(progress) - start) / max(1 - start, 1e-9)
    }
    return min(max(share, 0), 1)
  }

  private func timed(_ progress: ScheduleProgress) -> Double { isTimed ? progress.timeShare ?? 0 : 0 }

  /// Whether the decay depends on the elapsed time instead of the update.
  var isTimed: Bool { length == nil && (decay == .cosine || decay == .linear) }
}

/// The largest share of a time budget that the warm-up of a schedule that follows it may take.
let longestWarmup = 0.25
