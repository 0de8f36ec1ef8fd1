import Foundation
import Tensors
import Training

/// Simulates the processes of a training run by threads that exchange values through shared memory.
///
/// It makes the same guarantees as processes that exchange messages.
///
/// - Safety: `@unchecked Sendable`, because mutable properties are accessed only while the condition is locked.
final class SimulatedProcesses: @unchecked Sendable {
  let count: Int
  // Protected by the condition:
  private let condition = NSCondition()
  private var given: [Int: any Sendable] = [:]
  private var newest: [Int: any Sendable] = [:]
  private var rounds = 0

  init(_ count: Int) { self.count = count }

  /// Runs `body` in all processes at the same time.
  ///
  /// - Returns: the results of each process, by rank.
  func run<Value: Sendable>(_ body: @escaping @Sendable (any GradientReducer) throws -> Value) -> [Result<
    Value, any Error
  >] {
    let results = Results<Value>(count)
    let threads = (0..<count).map { rank in
      Thread { results.set(rank, Result { try body(SimulatedProcess(all: self, rank: rank)) }) }
    }
    for thread in threads {
      thread.stackSize = 8 << 20
      thread.start()
    }
    return results.wait()
  }

  /// Waits for all processes, and returns their values by rank.
  fileprivate func exchange<Value: Sendable>(_ value: Value, rank: Int) -> [Value] {
    condition.lock()
    defer { condition.unlock() }
    let round = rounds
    given[rank] = value
    if given.count == count {
      (newest, given, rounds) = (given, [:], round + 1)
      condition.broadcast()
    }
    while rounds == round {
      // Otherwise, a test would hang if processes call different methods.
      precondition(condition.wait(until: Date() + 300), "process \(rank) timed out in round \(round)")
    }
    return (0..<count).map { rank in
      guard let value = newest[rank] as? Value else {
        preconditionFailure("processes call different methods")
      }
      return value
    }
  }
}

/// Collects the results of all threads.
///
/// - Safety: `@unchecked Sendable`, because `values` is accessed only while the condition is locked.
private final class Results<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var values: [Int: Result<Value, any Error>] = [:]
  private let count: Int

  init(_ count: Int) { self.count = count }

  func set(_ rank: Int, _ value: Result<Value, any Error>) {
    condition.lock()
    values[rank] = value
    condition.signal()
    condition.unlock()
  }

  func wait() -> [Result<Value, any Error>] {
    condition.lock()
    defer { condition.unlock() }
    while values.count < count { condition.wait() }
    return (0..<count).compactMap { values[$0] }
  }
}

private struct SimulatedProcess: GradientReducer {
  let all: SimulatedProcesses
  let rank: Int

  var processCount: Int { all.count }

  func gather(_ numbers: [Double]) -> [[Double]] { all.exchange(numbers, rank: rank) }

  func spread(_ buffer: FlatBuffer, in slices: [Range<Int>], shares: ProcessShares) {
    let all = self.all.exchange(buffer, rank: rank)
    for other in 0..<processCount where other != rank {
      for slice in shares.slices(of: other, among: slices) { buffer.copy(all[other], in: slice) }
    }
    _ = gather([])
  }

  func collect<Failure: Error>(
    _ range: Range<Int>, of buffer: FlatBuffer, shares: ProcessShares,
    visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure) {
    let all = self.all.exchange(buffer, rank: rank)
    defer { _ = gather([]) }
    guard rank == 0 else { return }
    for owner in 0..<processCount {
      try visit(all[owner].array(shares.range(of: owner).clamped(to: range)))
    }
  }

  func start(_ work: GradientWork) -> any GradientReduction { SimulatedSum(process: self, work: work) }
}

/// The first process sums, and the others copy the sum.
private struct SimulatedSum: GradientReduction {
  let process: SimulatedProcess
  let work: GradientWork

  func finish(threads: Int) -> Double {
    let (gradients, slices, rank) = (work.gradients, work.slices, process.rank)
    let workers = process.all.exchange(gradients, rank: rank).flatMap { $0 }
    let squares = rank == 0 ? WorkerOrderSum().sum(workers, in: slices, threads: threads) : 0
    let sum = process.gather([squares])[0][0]
    if rank > 0 {
      for slice in slices { gradients[0].copy(workers[0], in: slice) }
    }
    // The first process must not change the sum before the others have copied it.
    _ = process.gather([])
    return sum
  }
}
