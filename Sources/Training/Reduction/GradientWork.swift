public import Tensors

/// The gradients of an update that are to be summed.
public struct GradientWork: Sendable {
  /// One buffer for each worker of this process, at least one.
  ///
  /// The first receives the sum; the others are set to zero.
  public let gradients: [FlatBuffer]
  /// The elements to sum, in ascending order, the same in all processes.
  ///
  /// Other elements are left unchanged.
  public let slices: [Range<Int>]
  /// The elements of `slices` that may differ from zero in any process, in ascending order, the same in all processes.
  public let nonzero: [Range<Int>]
  /// Which process needs which part of the sum; nil: every process needs all of it.
  public let shares: ProcessShares?
  /// Which gradients are complete already.
  public let progress: BackwardProgress

  /// Gradients of workers.
  ///
  /// - Parameters:
  ///   - gradients: one buffer for each worker.
  ///   - slices: the elements to sum.
  ///   - nonzero: those that may differ from zero; nil: all of them.
  ///   - shares: which process needs which part of the sum; nil: every process needs all of it.
  ///   - progress: of the backward passes that make the gradients.
  public init(
    _ gradients: [FlatBuffer], in slices: [Range<Int>], nonzero: [Range<Int>]? = nil,
    shares: ProcessShares? = nil, progress: BackwardProgress = .complete
  ) {
    (self.gradients, self.slices) = (gradients, slices)
    (self.nonzero, self.shares, self.progress) = (nonzero ?? slices, shares, progress)
  }
}

/// A sum of gradients that was started while backward passes were running.
public protocol GradientReduction {
  /// Completes the sum, after all backward passes.
  ///
  /// - Parameter threads: the number of threads to use in this process.
  /// - Returns: the sum of the squares of the summed gradient, with the same bits in every process.
  func finish(threads: Int) -> Double
}
