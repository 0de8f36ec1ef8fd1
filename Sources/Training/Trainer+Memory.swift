internal import Autodiff
internal import Corpora
public import Models
internal import Tensors
import Tokens

extension TrainerOptions {
  /// Floats for the activations of 1,024 tokens on each side.
  ///
  /// Measured: products of so many rows are as fast as larger ones, and smaller pieces would read and write the
  /// gradients of all parameters more often.
  public static func defaultActivationLimit(_ model: ModelConfiguration) -> Int {
    ActivationMemory(model).tokens(1024)
  }
}

extension Trainer {
  /// Cuts a shard so that the activations of each piece fit into what a worker may take.
  func pieces(of shard: Batch) -> [Batch] {
    let common = activationMemory.perBatch(
      longestSource: shard.source.lengths.max() ?? 0, longestTarget: shard.target.lengths.max() ?? 0)
    return shard.pieces(limit: activationLimit - common) { activationMemory.pair(source: $0, target: $1) }
  }

  /// Gives what only an update needs to the system, for something else to use until the next one: the memory of
  /// activations, and that of gradients, which are zeros between updates.
  public func releaseMemory() {
    for worker in workers {
      worker.tape.release()
      worker.gradients.clearAndRelease()
    }
  }

  /// Floats that the workers hold for activations, used or not.
  package var activationCapacities: [Int] { workers.map(\.tape.arena.capacity) }
}
