public import Tensors

/// Sums gradients over the processes of a training run, and exchanges the numbers that they must agree on.
///
/// Each process has a copy of the weights and works on its share of the shards of every batch. ``WorkerOrderSum`` is
/// for a single process. Several processes run the same program with the same settings and files, and call the same
/// methods in the same order: each method blocks until every process has called it. The copies of the weights stay
/// equal because every process applies the same update. For the same bits, all processors must select the same
/// kernels.
///
/// The first process keeps the time and writes all files; the others read the checkpoints that it wrote.
///
/// A lost process cannot be replaced. If one is lost, a conforming type ends its own process, as MPI does.
public protocol GradientReducer: Sendable {
  /// The number of this process, from 0.
  var rank: Int { get }
  /// The number of processes that train together, at least 1.
  var processCount: Int { get }

  /// What the sums have cost so far; nil for a single process.
  var traffic: ReductionTraffic? { get }

  /// Starts summing the gradients of the workers of all processes, while the backward passes that make them still run.
  ///
  /// Every element is summed in worker order: first the workers of process 0, one after another, then those of
  /// process 1, and so on. Therefore the sum has the same bits however the workers are distributed over processes. A
  /// type that gives this up for speed must still add in the same order every time.
  ///
  /// - Parameter work: the gradients.
  /// - Returns: the running sum, which must be finished before the next one is started.
  func start(_ work: GradientWork) -> any GradientReduction

  /// Gives every process the elements that the others own.
  ///
  /// - Parameters:
  ///   - buffer: holds this process's own elements, and receives those of the others.
  ///   - slices: the elements, in ascending order, the same in all processes.
  ///   - shares: who owns them.
  func spread(_ buffer: FlatBuffer, in slices: [Range<Int>], shares: ProcessShares)

  /// Hands all elements of a range to the first process, part by part and in order.
  ///
  /// - Parameters:
  ///   - range: the elements, the same in all processes.
  ///   - buffer: holds this process's own elements; it does not change.
  ///   - shares: who owns them.
  ///   - visit: called in the first process only. After it has thrown, the rest is still received, but dropped.
  /// - Throws: what `visit` throws.
  func collect<Failure: Error>(
    _ range: Range<Int>, of buffer: FlatBuffer, shares: ProcessShares,
    visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure)

  /// Collects numbers from every process.
  ///
  /// - Parameter numbers: this process's numbers; their count may differ between processes.
  /// - Returns: the numbers of each process, indexed by rank, with the same bits in every process, NaN included.
  func gather(_ numbers: [Double]) -> [[Double]]

  /// Collects bytes from every process in the first one, by default by ``gather(_:)``.
  ///
  /// - Parameter bytes: this process's bytes; their count may differ between processes.
  /// - Returns: in the first process, the bytes of each process, indexed by rank; in the others, nothing.
  func collect(_ bytes: [UInt8]) -> [[UInt8]]
}

extension GradientReducer {
  /// None.
  public var traffic: ReductionTraffic? { nil }

  /// Sums gradients that are complete; see ``start(_:)``.
  ///
  /// - Returns: the sum of the squares of the summed gradient, with the same bits in every process.
  public func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double {
    start(GradientWork(gradients, in: slices)).finish(threads: threads)
  }
}
