internal import Synchronization

/// How far the last backward passes of an update have come, in all workers of this process.
///
/// Gradients of parameters are complete from the end of the buffer on: those of the output layer and of the decoder
/// first, those of embeddings last.
public final class BackwardProgress: Sendable {
  private let workers: [Bound]

  /// The place from which a worker's gradients are complete.
  private final class Bound: Sendable {
    let completeFrom: Atomic<Int>
    init(_ place: Int) { completeFrom = Atomic(place) }
  }

  /// - Parameters:
  ///   - workers: how many workers compute gradients.
  ///   - count: the number of gradients, none of which is complete.
  public init(workers: Int, count: Int) { self.workers = (0..<workers).map { _ in Bound(count) } }

  /// Nothing to wait for: all gradients are complete.
  public static let complete = BackwardProgress(workers: 0, count: 0)

  /// Records that a worker's gradients are complete from a place on; the place never increases.
  public func note(worker: Int, completeFrom place: Int) {
    workers[worker].completeFrom.store(place, ordering: .releasing)
  }

  /// The place from which the gradients of all workers are complete.
  public var completeFrom: Int {
    workers.reduce(0) { max($0, $1.completeFrom.load(ordering: .acquiring)) }
  }
}
