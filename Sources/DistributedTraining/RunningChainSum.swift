internal import Machine
import ProcessGroups
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
  /// The number of threads that add; 0 while others compute.
  private let threads: ThreadCount
  private let isOnOwnThread: Bool
  private let rank: Int
  private let exchange: NumberExchange

  private final class ThreadCount: Sendable {
    let value = Atomic(0)
  }

  /// Starts a sum.
  ///
  /// - Parameters:
  ///   - group: the processes.
  ///   - work: its gradients.
  ///   - note: receives the costs, once.
  ///   - run: runs the sum, given the number of threads that add.
  init(
    _ group: any ProcessGroup, _ work: GradientWork, note: @escaping @Sendable (ReductionTraffic) -> Void,
    run: @escaping @Sendable (_ threads: () -> Int) -> ReductionTraffic
  ) {
    (rank, exchange) = (group.rank, NumberExchange(group))
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
    return squares(threads: count)
  }

  /// The sum of the squares, added up in slice order: those of each process's share, or all of them.
  private func squares(threads: Int) -> Double {
    let sum = work.gradients[0]
    let own = work.shares.map { $0.slices(of: rank, among: work.slices) } ?? work.slices
    let squares = concurrentMap(own, threads: threads) { sum.sumOfSquares($0) }
    return (work.shares == nil ? squares : exchange.gather(squares).flatMap(\.self)).reduce(0, +)
  }
}
