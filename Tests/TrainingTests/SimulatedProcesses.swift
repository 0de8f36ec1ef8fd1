import Foundation
import Tensors
import Training

/// Processes of one training, each a thread of this one: they exchange what they give through shared memory.
///
/// A stand-in for processes that exchange messages, which makes the same promises.
final class SimulatedProcesses: @unchecked Sendable {
  let count: Int
  // Guarded by the condition:
  private let condition = NSCondition()
  private var given: [Int: any Sendable] = [:]
  private var newest: [Int: any Sendable] = [:]
  private var rounds = 0

  init(_ count: Int) { self.count = count }

  /// Runs `body` in all processes at the same time.
  ///
  /// - Returns: what it returns or throws in each, by rank.
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

  /// The values of all processes, once each has given its own.
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
      // Else a test whose processes wait for each other in different places would never end.
      precondition(condition.wait(until: Date() + 300), "process \(rank) waits in vain, round \(round)")
    }
    return (0..<count).map { rank in
      guard let value = newest[rank] as? Value else {
        preconditionFailure("processes call different methods")
      }
      return value
    }
  }
}

/// What each thread has to show in the end.
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

  /// The first process sums, the others copy.
  func sum(_ gradients: [FlatBuffer], in slices: [Range<Int>], threads: Int) -> Double {
    let workers = all.exchange(gradients, rank: rank).flatMap { $0 }
    let squares = rank == 0 ? WorkerOrderSum().sum(workers, in: slices, threads: threads) : 0
    let sum = gather([squares])[0][0]
    if rank > 0 {
      for slice in slices { gradients[0].copy(workers[0], in: slice) }
    }
    // The first goes on to change what the others copy.
    _ = gather([])
    return sum
  }
}
