internal import Machine
public import ProcessGroups
internal import Synchronization
public import Tensors
public import Training

/// Sums gradients along a chain of processes, in worker order, while the backward passes still run.
///
/// The first process sums the gradients of its workers and sends them to the second, which adds those of its workers one
/// after another, and so on. The last process has the whole sum and sends it back along the chain. Every element is
/// therefore added in the same order as in one process with as many shards: the bits are the same, unlike those of a
/// ring whose parts begin at different processes.
///
/// The gradients travel in chunks, so that all processes add and send at the same time; the chunks of the output layer
/// and of the last layers travel while the derivatives of the first layers are computed. Each process sends and receives
/// at most twice the gradients, as in a ring, which sends 2(N - 1)/N times of them; a chunk takes 2(N - 1) hops.
public final class ChainSum: GradientReducer {
  private let group: any ProcessGroup
  private let messages: GradientMessages
  /// Messages that are not rounded.
  private let exact = GradientMessages(.float32)
  private let total = Mutex(ReductionTraffic())

  /// A reducer for the processes of a group; all of them make one.
  ///
  /// - Parameters:
  ///   - group: the processes.
  ///   - precision: of the gradients on their way.
  public init(_ group: any ProcessGroup, precision: ExchangePrecision = .float32) {
    (self.group, messages) = (group, GradientMessages(precision))
  }

  /// The number of this process.
  public var rank: Int { group.rank }
  /// The number of processes.
  public var processCount: Int { group.count }

  /// What the sums have cost so far; nil for a single process.
  public var traffic: ReductionTraffic? { group.count == 1 ? nil : total.withLock { $0 } }

  /// Starts summing the gradients of the workers of all processes, on a thread of its own; see `GradientReducer`.
  public func start(_ work: GradientWork) -> any GradientReduction {
    guard group.count > 1 else { return WorkerOrderSum().start(work) }
    return RunningChainSum(
      group, work, note: { [self] traffic in total.withLock { $0 += traffic } },
      run: { [group, messages] threads in
        var pass = ChainPass(group, work, messages)
        return pass.run(threads: threads)
      })
  }

  /// Gives every process the elements that the others own; see `GradientReducer`.
  public func spread(_ buffer: FlatBuffer, in slices: [Range<Int>], shares: ProcessShares) {
    var pass = ChainSpread(group, buffer, slices, shares, exact)
    let clock = ContinuousClock()
    let start = clock.now
    let bytes = pass.run()
    total.withLock {
      ($0.bytesSent, $0.bytesReceived) = ($0.bytesSent + bytes.sent, $0.bytesReceived + bytes.received)
      $0.duration += clock.now - start
      $0.waiting += clock.now - start
    }
  }

  /// Hands all elements of a range to the first process; see `GradientReducer`.
  public func collect<Failure: Error>(
    _ range: Range<Int>, of buffer: FlatBuffer, shares: ProcessShares,
    visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure) {
    try ShareCollection(group, shares).run(range, of: buffer, visit: visit)
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
