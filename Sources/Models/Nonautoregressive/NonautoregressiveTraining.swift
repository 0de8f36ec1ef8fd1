/// Training options of a non-autoregressive decoder.
public struct NonautoregressiveTraining: Sendable, Equatable {
  /// The fraction of a first draft's errors for which the decoder is shown the correct tokens, with
  /// ``NonautoregressiveMethod/length`` and ``NonautoregressiveMethod/ctc``.
  public var glancing = GlancingSchedule()

  /// Nothing is shown.
  public init() {}
}

/// How much glancing training shows in each update.
///
/// Source: Qian et al. 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation", section 4.1:
/// from 0.5 down to 0.3.
public struct GlancingSchedule: Sendable, Equatable {
  /// The fraction in the first update; 0 turns glancing off.
  public var first: Float
  /// The fraction after ``updates`` updates.
  public var last: Float
  /// The number of updates over which the fraction changes linearly; 0 keeps the first one.
  public var updates: Int

  /// The schedule given; by default nothing is shown.
  public init(first: Float = 0, last: Float = 0, updates: Int = 0) {
    (self.first, self.last, self.updates) = (first, last, updates)
  }

  /// The fraction in an update, counted from 1.
  public func share(update: Int) -> Float {
    guard updates > 0 else { return first }
    return first + (last - first) * Float(min(update - 1, updates)) / Float(updates)
  }
}
