/// What only the training of a decoder that predicts all tokens at once knows.
public struct NonautoregressiveTraining: Sendable, Equatable {
  /// The share of a first draft's errors for which the decoder is shown right tokens, with
  /// ``NonautoregressiveMethod/length`` and ``NonautoregressiveMethod/ctc``.
  public var glancing = GlancingSchedule()

  /// Nothing is shown.
  public init() {}
}

/// How much glancing training shows, update by update.
///
/// Source: Qian et al. 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation", section 4.1:
/// from 0.5 down to 0.3.
public struct GlancingSchedule: Sendable, Equatable {
  /// The share in the first update; 0 is off.
  public var first: Float
  /// The share from ``updates`` on.
  public var last: Float
  /// Updates on the way, in a straight line; 0 for the first share throughout.
  public var updates: Int

  /// The schedule given; nothing is shown where all is left out.
  public init(first: Float = 0, last: Float = 0, updates: Int = 0) {
    (self.first, self.last, self.updates) = (first, last, updates)
  }

  /// The share of an update, counted from 1.
  public func share(update: Int) -> Float {
    guard updates > 0 else { return first }
    return first + (last - first) * Float(min(update - 1, updates)) / Float(updates)
  }
}
