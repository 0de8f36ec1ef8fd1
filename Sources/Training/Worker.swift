internal import Autodiff
internal import Corpora
internal import Machine
internal import Models
internal import Tensors

/// The memory for computing one shard at a time: a tape with its arena, and a gradient buffer.
///
/// - Safety: `@unchecked Sendable`, because ``Trainer`` lends worker *i* to one thread at a time and reads its
///   gradients only after every thread has returned.
final class Worker: @unchecked Sendable {
  let tape: Tape
  let gradients: FlatBuffer
  /// The cost of operations; nil unless ``TrainerOptions/isProfiled``.
  let profile: OperationProfile?
  /// The time spent working; zero unless ``TrainerOptions/isProfiled``.
  private(set) var busy = BusyTime()

  init(
    parameters: FlatBuffer, frozen: [Range<Int>], activations: Int, rounded: RoundedWeights?,
    options: TrainerOptions
  ) {
    gradients = FlatBuffer(count: parameters.count)
    profile = options.isProfiled ? OperationProfile() : nil
    tape = Tape(
      training: parameters, gradients: gradients, frozen: frozen, activations: activations,
      precision: options.precision, float32Products: options.float32Products, rounded: rounded,
      profile: profile)
  }

  /// Computes the loss of a shard, and adds its gradients to ``gradients``.
  ///
  /// - Parameters:
  ///   - pieces: the shard, cut into pieces whose activations fit into memory.
  ///   - model: the architecture.
  ///   - options: the settings of the loss.
  ///   - update: the number of the update, from 1.
  ///   - progress: called as in `Tape.backward(progress:)`, during the last backward pass.
  ///   - random: the source of randomness for dropout, given the index of a piece.
  /// - Returns: sums over the shard's target tokens.
  func run(
    _ pieces: [Batch], model: Transformer, options: TrainerOptions, update: Int,
    progress: (_ completeFrom: Int) -> Void, random: (_ piece: Int) -> RandomSource
  ) -> LossSum {
    func compute() -> LossSum {
      var sum = LossSum()
      for (index, piece) in pieces.enumerated() {
        tape.reset(random: random(index))
        sum += model.loss(
          source: piece.source, target: piece.target, objective: options.objective(update: update),
          alignments: piece.alignments, on: tape)
        if index < pieces.count - 1 { tape.backward() } else { tape.backward(progress: progress) }
      }
      // Also for a shard without sentences.
      progress(0)
      return sum
    }
    return profile == nil ? compute() : busy.measure(compute)
  }
}
