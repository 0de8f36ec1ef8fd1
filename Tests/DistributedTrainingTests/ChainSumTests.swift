import DistributedTraining
import ProcessGroups
import RandomNumbers
import Tensors
import TestSupport
import Testing
import Training

@Suite struct ChainSumTests {
  /// Slices with gaps, as frozen parameters leave them; several chunks.
  private static let slices = [
    0..<70_000, 70_000..<140_000, 150_000..<400_000, 400_001..<400_002, 410_000..<680_000,
  ]
  private static let size = 700_000

  /// Gradients of a worker whose sums depend on the order of additions.
  private static func gradients(worker: Int) -> FlatBuffer {
    var random = SplitMix64(state: UInt64(worker) + 1)
    let buffer = FlatBuffer(count: size)
    buffer.replace(
      at: 0,
      with: (0..<size).map { _ in
        Float(Int64(bitPattern: random.next()) >> 20) * (random.next() & 1 == 0 ? 1e-9 : 1e-4)
      })
    return buffer
  }

  @Test(arguments: [1, 2, 3, 5]) func sumsLikeOneProcess(processes: Int) {
    let workers = 6
    let expected = (0..<workers).map(Self.gradients)
    let squares = WorkerOrderSum().sum(expected, in: Self.slices, threads: 2)
    let results = ThreadGroup.run(processes) { group in
      let chain = ChainSum(group)
      let own = chain.share(of: workers).map(Self.gradients)
      let squares = chain.sum(own, in: Self.slices, threads: 2)
      return (own, squares)
    }
    #expect(results.count == processes)
    for (own, found) in results {
      #expect(found == squares)
      for slice in Self.slices { #expect(own[0].array(slice) == expected[0].array(slice)) }
      for other in own.dropFirst() {
        for slice in Self.slices { #expect(other.array(slice).allSatisfy { $0 == 0 }) }
      }
    }
  }

  @Test func orderMattersForTheseGradients() {
    let gradients = (0..<6).map(Self.gradients)
    let backward = (0..<6).reversed().map(Self.gradients)
    let sums = [gradients, backward].map { WorkerOrderSum().sum($0, in: Self.slices, threads: 1) }
    #expect(sums[0] != sums[1])
  }

  @Test func leavesFrozenElements() {
    let results = ThreadGroup.run(2) { group in
      let own = Self.gradients(worker: group.rank)
      _ = ChainSum(group).sum([own], in: Self.slices, threads: 1)
      return own
    }
    for (rank, own) in results.enumerated() {
      #expect(own.array(140_000..<150_000) == Self.gradients(worker: rank).array(140_000..<150_000))
    }
  }

  @Test(arguments: [1, 2, 4]) func gathersNumbersOfAnyCount(processes: Int) {
    // NaN with a payload, and counts around the size of the first message.
    let special = [Double.nan, -0.0, .infinity, Double(nan: 5, signaling: false), .leastNonzeroMagnitude]
    let counts = [0, 31, 32, 1000]
    let numbers = (0..<processes).map { rank in
      special + (0..<counts[rank]).map { Double($0) / 3 }
    }
    let results = ThreadGroup.run(processes) { group in
      (0..<3).map { _ in ChainSum(group).gather(numbers[group.rank]) }
    }
    for rounds in results {
      for round in rounds {
        #expect(round.map { $0.map(\.bitPattern) } == numbers.map { $0.map(\.bitPattern) })
      }
    }
  }

  /// Counts around the size of the first message, and more than fit into a second.
  @Test(arguments: [1, 2, 4]) func collectsBytesInTheFirstProcess(processes: Int) {
    let counts = [3, 0, 8 * 30 + 1, 1_000_003]
    let bytes = (0..<processes).map { rank in
      (0..<counts[rank]).map { UInt8(truncatingIfNeeded: $0 * 7 + rank + $0 >> 8) }
    }
    let results = ThreadGroup.run(processes) { group in
      (0..<2).map { _ in ChainSum(group).collect(bytes[group.rank]) }
    }
    #expect(results[0] == [bytes, bytes])
    for other in results.dropFirst() { #expect(other == [[], []]) }
  }

  @Test func agreesAboutFailures() {
    struct Failure: Error {}
    let results = ThreadGroup.run(3) { group in
      let chain = ChainSum(group)
      do {
        try chain.together { if group.rank == 1 { throw Failure() } }
        return "no failure"
      } catch {
        return "\(error)"
      }
    }
    let lost = "\(TrainingProcessError.failed(rank: 1))"
    #expect(results == [lost, "Failure()", lost])
  }
}
