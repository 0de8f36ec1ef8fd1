internal import Autodiff
internal import Corpora
public import Models
internal import Tensors
import Tokens

extension TrainerOptions {
  /// Floats for the activations of 1,024 source and 1,024 target tokens.
  ///
  /// By measurement, matrix products of this many rows are as fast as larger ones; smaller pieces would read and write
  /// the gradients of all parameters more often.
  public static func defaultActivationLimit(_ model: ModelConfiguration) -> Int {
    ActivationMemory(model).tokens(1024)
  }
}

extension Trainer {
  /// Cuts a shard into pieces whose activations fit into ``activationLimit``.
  func pieces(of shard: Batch) -> [Batch] {
    let common = activationMemory.perBatch(
      longestSource: shard.source.lengths.max() ?? 0, longestTarget: shard.target.lengths.max() ?? 0)
    return shard.pieces(limit: activationLimit - common) { activationMemory.pair(source: $0, target: $1) }
  }

  /// Returns the memory of activations and of gradients (which are zero between updates) to the system until the next
  /// update needs it.
  public func releaseMemory() {
    for worker in workers {
      worker.tape.release()
      worker.gradients.clearAndRelease()
    }
  }

  /// Floats that each worker has allocated for activations, used or not.
  package var activationCapacities: [Int] { workers.map(\.tape.arena.capacity) }
}
