public import Tensors

/// How the processes of a training work together: they sum their gradients, and agree on everything else.
///
/// Each process works on its share of every batch's shards and has a copy of the weights. ``WorkerOrderSum`` is
/// the training in a single process. Several processes run the same program with the same settings and files, and
/// call the same methods in the same order: each method waits until every process has called it. The copies of
/// the weights stay equal since every process applies the same update; so all need processors for which the same
/// kernels are chosen.
///
/// The first process keeps the time, validates, and writes every file; the others read the checkpoints that it has
/// written.
///
/// A process that is lost cannot be replaced. A conforming type then ends its own process, as MPI does.
public protocol GradientReducer: Sendable {
  /// The number of this process, from 0.
  var rank: Int { get }
  /// Processes that train together, at least 1.
  var processCount: Int { get }

  /// Sums the gradients of the workers of all processes.
  ///
  /// Every element is added up in worker order: the workers of process 0 first, one after another, then those of
  /// process 1, and so on. So the sum has the same bits however the workers are distributed over processes. A type
  /// that gives this up for speed must still add in the same order every time.
  ///
  /// - Parameters:
  ///   - gradients: of this process's workers, at least one. The first takes the sum, the others become zero.
  ///   - slices: what is summed, the same in all processes. The rest of the buffers is not touched.
  ///   - threads: at work in this process.
  /// - Returns: the sum of the squares of the sum, with the same bits in every process.
  func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double

  /// The numbers that each process gives.
  ///
  /// - Parameter numbers: of this process; others may give more or fewer.
  /// - Returns: those of each process by its rank, with the same bits in every process, NaN included.
  func gather(_ numbers: [Double]) -> [[Double]]
}
