import Formatting
import Recipes
import Training

/// The end of a training as its first updates let expect it.
struct ForecastEnd: Equatable {
  /// The updates that a limit of updates or epochs allows; nil without such a limit.
  let updates: Int?
  /// The seconds from now until they are done, validations included as far as they can be foreseen.
  let seconds: Double?
  /// The updates that fit into the time budget, those already done included; nil without a budget.
  let fitting: Int?
  /// The time budget in seconds; nil for none.
  let budget: Double?
  /// The seconds of an epoch.
  let epoch: Double

  /// The end of a training.
  ///
  /// - Parameters:
  ///   - outlook: with the speed and the limits.
  ///   - updatesDone: updates so far, also in earlier parts of a run that was resumed.
  ///   - elapsed: seconds of the training so far.
  init(_ outlook: Outlook, updatesDone: Int, elapsed: Double) {
    let (limits, speed) = (outlook.limits, outlook.speed ?? 0)
    // Part of the time is spent in validations and checkpoints.
    let perSecond = max(speed * TrainingLimits.trainingShare / outlook.tokensOfUpdate, 1e-9)
    let ofEpochs = limits.epochs.map {
      Self.whole(Double($0) * outlook.tokensOfEpoch / outlook.tokensOfUpdate)
    }
    updates = [limits.updates, ofEpochs].compactMap(\.self).min()
    seconds = updates.map { max(0, Double($0 - updatesDone)) / perSecond }
    budget = limits.seconds
    fitting = budget.map { updatesDone + Self.whole(max(0, $0 - elapsed) * perSecond) }
    epoch = outlook.tokensOfEpoch / outlook.tokensOfUpdate / perSecond
  }

  /// Whether the time is up before the updates are done.
  private var isCutShort: Bool { updates.flatMap { updates in fitting.map { $0 < updates } } ?? false }

  /// How long the training will take, or how far it will get.
  var words: String {
    if let updates, let seconds, !isCutShort {
      return "\(Readable.count(updates)) updates will be done in about \(Readable.duration(seconds))"
    }
    if let fitting, let budget {
      return "about \(Readable.count(fitting)) updates will fit into \(Readable.duration(budget))"
    }
    return "an epoch takes about \(Readable.duration(epoch)); training ends when validation stops improving"
  }

  /// What the limits are too short for, and what to do; nil if they suffice.
  ///
  /// A warm-up that a time budget is too short for is not mentioned, since it will be shortened.
  func shortfall(_ schedule: LearningRateSchedule) -> String? {
    let end = schedule.length
    if let fitting, let wanted = [updates, end].compactMap(\.self).min(), fitting < wanted {
      return "--time-budget is too short for \(Readable.count(wanted)) updates"
        + (end == nil ? "" : ", at which the learning rate would reach its minimum")
        + "; give more time, or fewer updates"
    }
    guard budget == nil, let updates, updates < schedule.warmup else { return nil }
    return "the warm-up of \(Readable.count(schedule.warmup)) updates is longer than the training of "
      + "\(Readable.count(updates)), so that the learning rate stays below its peak; give a smaller --warmup, such as "
      + "\(max(1, updates / 5)), or train longer"
  }

  /// A count that fits in an integer, whatever limit the user gave.
  private static func whole(_ number: Double) -> Int { Int(min(number, 1e15)) }
}
