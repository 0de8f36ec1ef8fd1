internal import Machine
internal import Synchronization
internal import Tensors
import Training

/// A sum along the chain that runs on a thread of its own.
final class RunningChainSum: GradientReduction, Sendable {
  private let work: GradientWork
  private let note: @Sendable (ReductionTraffic) -> Void
  /// Runs the sum, given the number of threads that add.
  private let run: @Sendable (_ threads: () -> Int) -> ReductionTraffic
  /// What the sum has cost; nil until it is over.
  private let result: Monitor<ReductionTraffic?>
  /// The number of threads that add: one while the others compute.
  private let threads: ThreadCount
  private let isOnOwnThread: Bool

  private final class ThreadCount: Sendable {
    let value = Atomic(1)
  }

  /// Starts a sum.
  ///
  /// - Parameters:
  ///   - work: its gradients.
  ///   - note: receives the costs, once.
  ///   - run: runs the sum, given the number of threads that add.
  init(
    _ work: GradientWork, note: @escaping @Sendable (ReductionTraffic) -> Void,
    run: @escaping @Sendable (_ threads: () -> Int) -> ReductionTraffic
  ) {
    let (threads, result) = (ThreadCount(), Monitor<ReductionTraffic?>(nil))
    (self.work, self.note, self.run, self.threads, self.result) = (work, note, run, threads, result)
    isOnOwnThread = startThread {
      let traffic = run { threads.value.load(ordering: .relaxed) }
      result.withLock { $0 = traffic }
      result.signalAll()
    }
  }

  func finish(threads count: Int) -> Double {
    threads.value.store(count, ordering: .relaxed)
    let clock = ContinuousClock()
    let start = clock.now
    // If the system refuses a thread, the sum begins only now.
    var traffic = isOnOwnThread ? result.wait { $0 } : run { count }
    traffic.waiting = clock.now - start
    note(traffic)
    let sum = work.gradients[0]
    return concurrentMap(work.slices, threads: count) { sum.sumOfSquares($0) }.reduce(0, +)
  }
}
