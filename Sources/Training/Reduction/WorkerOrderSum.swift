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

  /// Nothing happens before the sum is finished.
  public func start(_ work: GradientWork) -> any GradientReduction { DeferredSum(work: work) }

  /// Nothing: the only process owns everything.
  public func spread(_ buffer: FlatBuffer, in slices: [Range<Int>], shares: ProcessShares) {}

  /// Visits the elements.
  public func collect<Failure: Error>(
    _ range: Range<Int>, of buffer: FlatBuffer, shares: ProcessShares,
    visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure) {
    try visit(buffer.array(range))
  }

  /// The numbers of the only process.
  public func gather(_ numbers: [Double]) -> [[Double]] { [numbers] }
}

/// Sums slice by slice, and clears the other workers' gradients while they are in cache.
private struct DeferredSum: GradientReduction {
  let work: GradientWork

  /// The sum of the squares is added up in slice order; one thread sums a slice.
  func finish(threads: Int) -> Double {
    concurrentMap(work.slices, threads: threads) { [gradients = work.gradients] slice in
      for other in gradients.dropFirst() {
        gradients[0].add(other, in: slice)
        other.clear(slice)
      }
      return gradients[0].sumOfSquares(slice)
    }.reduce(0, +)
  }
}
