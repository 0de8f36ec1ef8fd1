internal import Autodiff
internal import Corpora
internal import Machine
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

  init(
    parameters: FlatBuffer, frozen: [Range<Int>], activations: Int, rounded: RoundedWeights?,
    options: TrainerOptions
  ) {
    gradients = FlatBuffer(count: parameters.count)
    profile = options.isProfiled ? OperationProfile() : nil
    tape = Tape(
      training: parameters, gradients: gradients, frozen: frozen, activations: activations,
      precision: options.precision, rounded: rounded, profile: profile)
  }

  /// The loss of a shard; its derivatives are added to ``gradients``.
  ///
  /// - Parameters:
  ///   - pieces: the shard, cut so that one piece's activations fit into memory.
  ///   - model: the architecture.
  ///   - options: of the loss.
  ///   - update: its number, from 1.
  ///   - random: what dropout draws from, by the piece's number.
  /// - Returns: sums over the shard's target tokens.
  func run(
    _ pieces: [Batch], model: Transformer, options: TrainerOptions, update: Int,
    random: (_ piece: Int) -> RandomSource
  ) -> LossSum {
    func compute() -> LossSum {
      var sum = LossSum()
      for (index, piece) in pieces.enumerated() {
        tape.reset(random: random(index))
        sum += model.loss(
          source: piece.source, target: piece.target, objective: options.objective(update: update),
          alignments: piece.alignments, on: tape)
        tape.backward()
      }
      return sum
    }
    return profile == nil ? compute() : busy.measure(compute)
  }
}
