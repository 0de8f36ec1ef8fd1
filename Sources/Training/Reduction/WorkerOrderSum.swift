internal import Machine
public import Tensors

/// A training in a single process: the gradients of its workers are summed in worker order.
public struct WorkerOrderSum: GradientReducer {
  /// The only process.
  public init() {}

  /// 0.
  public var rank: Int { 0 }
  /// 1.
  public var processCount: Int { 1 }

  /// Sums slice by slice, and clears the other workers' gradients while they are in the cache.
  ///
  /// - Parameters:
  ///   - gradients: of the workers; the first takes the sum, the others become zero.
  ///   - slices: what is summed, each slice by one thread.
  ///   - threads: at work.
  /// - Returns: the sum of the squares of the sum, added up in the order of the slices.
  public func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double {
    concurrentMap(slices, threads: threads) { slice in
      for other in gradients.dropFirst() {
        gradients[0].add(other, in: slice)
        other.clear(slice)
      }
      return gradients[0].sumOfSquares(slice)
    }.reduce(0, +)
  }

  /// The numbers themselves.
  public func gather(_ numbers: [Double]) -> [[Double]] { [numbers] }
}
