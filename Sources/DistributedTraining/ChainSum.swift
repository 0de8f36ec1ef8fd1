internal import Machine
public import ProcessGroups
public import Tensors
public import Training

/// Sums gradients along a chain of processes, in worker order.
///
/// The first process sums the gradients of its workers and sends them to the second, which adds those of its workers one
/// after another, and so on. The last process has the whole sum and sends it back along the chain. Every element is
/// therefore added in the same order as in one process with as many shards: the bits are the same, unlike those of a
/// ring whose parts begin at different processes.
///
/// The gradients travel in chunks, so that all processes add and send at the same time. Each sends and receives at most
/// twice the gradients, as in a ring, which sends 2(N - 1)/N times of them; a chunk takes 2(N - 1) hops.
public struct ChainSum: GradientReducer {
  private let group: any ProcessGroup

  /// A reducer for the processes of a group; all of them make one.
  public init(_ group: any ProcessGroup) { self.group = group }

  /// The number of this process.
  public var rank: Int { group.rank }
  /// The number of processes.
  public var processCount: Int { group.count }

  /// Sums the gradients of the workers of all processes; see `GradientReducer`.
  ///
  /// - Parameters:
  ///   - gradients: one buffer for each worker; the first receives the sum, the others are set to zero.
  ///   - slices: the elements to sum, in ascending order.
  ///   - threads: the number of threads that add.
  /// - Returns: the sum of the squares, added up in slice order.
  public func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double {
    if group.count == 1 { return WorkerOrderSum().sum(gradients, in: slices, threads: threads) }
    var pass = ChainPass(group, gradients, GradientChunk.cut(slices), threads: threads)
    pass.run()
    let sum = gradients[0]
    return concurrentMap(slices, threads: threads) { sum.sumOfSquares($0) }.reduce(0, +)
  }

  /// Collects numbers from every process, through the first one.
  public func gather(_ numbers: [Double]) -> [[Double]] {
    group.count == 1 ? [numbers] : NumberExchange(group).gather(numbers)
  }

  /// Collects bytes from every process in the first one.
  public func collect(_ bytes: [UInt8]) -> [[UInt8]] {
    group.count == 1 ? [bytes] : NumberExchange(group).collect(bytes)
  }
}
