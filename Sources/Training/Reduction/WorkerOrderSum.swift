internal import Machine
public import Tensors

/// Sums the gradients of the workers of a single process, in worker order.
public struct WorkerOrderSum: GradientReducer {
  /// A reducer for the only process.
  public init() {}

  /// 0.
  public var rank: Int { 0 }
  /// 1.
  public var processCount: Int { 1 }

  /// Sums slice by slice, and clears the other workers' gradients while they are in cache.
  ///
  /// - Parameters:
  ///   - gradients: one buffer for each worker; the first receives the sum, the others are set to zero.
  ///   - slices: the elements to sum; one thread sums a slice.
  ///   - threads: the number of threads to use.
  /// - Returns: the sum of the squares of the summed gradient, added up in slice order.
  public func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double {
    concurrentMap(slices, threads: threads) { slice in
      for other in gradients.dropFirst() {
        gradients[0].add(other, in: slice)
        other.clear(slice)
      }
      return gradients[0].sumOfSquares(slice)
    }.reduce(0, +)
  }

  /// The numbers of the only process.
  public func gather(_ numbers: [Double]) -> [[Double]] { [numbers] }
}
