internal import Autodiff
internal import Corpora
internal import Models
internal import Tensors

/// What one shard of a batch needs for itself: a tape with its arena, and a gradient buffer.
///
/// - Safety: `@unchecked Sendable`, because ``Trainer`` lends worker *i* to one thread at a time and reads its
///   gradients only after every thread has returned.
final class Worker: @unchecked Sendable {
  let tape: Tape
  let gradients: FlatBuffer
  /// What operations cost, where somebody wants to know.
  let profile: OperationProfile?
  /// The time at work, where there is a profile.
  private(set) var busy = BusyTime()

  init(parameters: FlatBuffer, rounded: RoundedWeights?, options: TrainerOptions) {
    gradients = FlatBuffer(count: parameters.count)
    profile = options.isProfiled ? OperationProfile() : nil
    tape = Tape(
      training: parameters, gradients: gradients, precision: options.precision, rounded: rounded,
      profile: profile)
  }

  /// The loss of a shard; its derivatives are added to ``gradients``.
  func run(_ shard: Batch, model: Transformer, labelSmoothing: Float, random: RandomSource) -> LossSum {
    func compute() -> LossSum {
      tape.reset(random: random)
      let loss = model.loss(
        source: shard.source, target: shard.target, labelSmoothing: labelSmoothing, on: tape)
      tape.backward()
      return loss
    }
    return profile == nil ? compute() : busy.measure(compute)
  }
}
