internal import Formatting

/// How much of a time budget a warm-up may take before it is shortened.
///
/// A training whose warm-up is never finished has a learning rate far below the one it was meant to have, so that its
/// model is worse than that of a shorter warm-up. Schedules that follow the time budget have a limit of their own, a
/// quarter of the time.
public struct WarmupLimit: Sendable, Equatable {
  /// The largest share of the updates that fit into the budget; a longer warm-up is shortened to a third of them.
  let share: Double
  /// The share of the time after which the warm-up ends in any case, should the machine have become slower.
  let latest: Double

  /// For a warm-up that is a default: at most a third of the updates.
  public static let standard = WarmupLimit(share: shortenedShare, latest: 0.5)
  /// For a warm-up that the user asked for: kept unless it would hardly end before the time is up.
  public static let given = WarmupLimit(share: 0.9, latest: 0.95)

  /// The number of warm-up updates.
  ///
  /// - Parameters:
  ///   - asked: those of the schedule.
  ///   - fitting: the updates that fit into the time budget.
  /// - Returns: `asked` if the limit allows for it, otherwise a third of `fitting`, rounded down to two digits, since
  ///   the number is a forecast.
  func updates(_ asked: Int, fitting: Double) -> Int {
    guard Double(asked) > share * fitting else { return asked }
    return min(asked, roundedDown(Self.shortenedShare * fitting))
  }

  private static let shortenedShare = 1.0 / 3
}

/// A warm-up that the time budget is too short for.
public struct ShortenedWarmup: Sendable, Equatable {
  /// The number of updates that the schedule asked for.
  public var asked: Int
  /// The number of updates after which it ends instead.
  public var updates: Int
  /// The number of updates that fit into the time budget, as far as is known.
  public var fitting: Int

  package init(asked: Int, updates: Int, fitting: Int) {
    (self.asked, self.updates, self.fitting) = (asked, updates, fitting)
  }

  /// What happens, as a clause with its numbers.
  public var words: String {
    let fit = "about \(Readable.count(fitting)) updates fit into it"
    let problem =
      asked > fitting
      ? "the time budget is too short: \(fit), but the warm-up alone needs \(Readable.count(asked))"
      : "the time budget is short: \(fit), of which a warm-up of \(Readable.count(asked)) would take too many"
    return "\(problem); it ends after \(Readable.count(updates)) instead"
  }
}

/// At least 1; with two digits that are not 0.
private func roundedDown(_ number: Double) -> Int {
  var unit = 1.0
  while number / unit >= 100 { unit *= 10 }
  return max(1, Int((number / unit).rounded(.down) * unit))
}
