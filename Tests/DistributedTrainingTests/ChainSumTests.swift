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

  /// Chunks travel as soon as all workers have passed them, in any order of events.
  @Test func sumsWhileGradientsBecomeComplete() {
    let expected = (0..<4).map(Self.gradients)
    let squares = WorkerOrderSum().sum(expected, in: Self.slices, threads: 1)
    let results = ThreadGroup.run(2) { group in
      let chain = ChainSum(group)
      let final = chain.share(of: 4).map(Self.gradients)
      let own = final.map { _ in FlatBuffer(count: Self.size) }
      let progress = BackwardProgress(workers: own.count, count: Self.size)
      let sum = chain.start(GradientWork(own, in: Self.slices, progress: progress))
      // A gradient that was read before it was complete would be zero.
      for start in stride(from: 650_000, through: 0, by: -50_000) {
        for (worker, gradient) in own.enumerated() {
          gradient.copy(final[worker], in: start..<start + 50_000)
          progress.note(worker: worker, completeFrom: start)
        }
      }
      let squares = sum.finish(threads: 2)
      return (own, squares, chain.traffic)
    }
    for (own, found, traffic) in results {
      #expect(found == squares)
      for slice in Self.slices { #expect(own[0].array(slice) == expected[0].array(slice)) }
      let bytes = 4 * Self.slices.reduce(0) { $0 + $1.count }
      #expect(traffic?.bytesSent == bytes && traffic?.bytesReceived == bytes)
    }
  }

  /// Only what may differ from zero travels, packed into few messages.
  @Test func leavesOutZeros() {
    let rows = stride(from: 0, to: 600_000, by: 3_000).map { $0..<$0 + 500 }
    @Sendable func gradients(_ worker: Int) -> FlatBuffer {
      let (buffer, full) = (FlatBuffer(count: Self.size), Self.gradients(worker: worker))
      for row in rows { buffer.copy(full, in: row) }
      return buffer
    }
    let slices = [0..<600_000]
    let expected = (0..<3).map(gradients)
    let squares = WorkerOrderSum().sum(expected, in: slices, threads: 1)
    let results = ThreadGroup.run(3) { group in
      let (chain, own) = (ChainSum(group), [gradients(group.rank)])
      let found = chain.start(GradientWork(own, in: slices, nonzero: rows)).finish(threads: 1)
      return (own, found, chain.traffic)
    }
    for (rank, (own, found, traffic)) in results.enumerated() {
      #expect(found == squares)
      #expect(own[0].array == expected[0].array)
      #expect(traffic?.bytesSent == 4 * rows.count * 500 * (rank == 1 ? 2 : 1))
    }
  }

  /// The naive reference: partial sums are rounded with what was lost before, then the whole sum.
  @Test func feedsErrorsOfRoundingBack() {
    let (size, processes, updates) = (70_001, 3, 4)
    @Sendable func gradient(_ rank: Int, _ update: Int) -> [Float] {
      Array(Self.gradients(worker: 10 * update + rank).array.prefix(size))
    }
    func rounded(_ x: Float) -> Float {
      let bits = x.bitPattern
      return Float(bitPattern: (bits &+ 0x7fff &+ (bits >> 16 & 1)) & 0xffff_0000)
    }
    let gradients = (0..<updates).map { update in (0..<processes).map { gradient($0, update) } }
    var errors = [[Float]](repeating: [Float](repeating: 0, count: size), count: processes)
    let expected = (0..<updates).map { update in
      (0..<size).map { index in
        var sum: Float = 0
        for rank in 0..<processes {
          let value = sum + gradients[update][rank][index] + errors[rank][index]
          sum = rounded(value)
          errors[rank][index] = value - sum
        }
        return sum
      }
    }
    let results = ThreadGroup.run(processes) { group in
      let chain = ChainSum(group, precision: .bfloat16)
      return (0..<updates).map { update in
        let own = FlatBuffer(count: size)
        own.replace(at: 0, with: gradients[update][group.rank])
        _ = chain.sum([own], in: [0..<size], threads: 2)
        return own.array
      }
    }
    for found in results { #expect(found == expected) }
    // Nothing is lost in the long run: what is missing in the sum is what is left as errors.
    for index in stride(from: 0, to: size, by: 997) {
      let exact = (0..<updates).reduce(0.0) { sum, update in
        (0..<processes).reduce(sum) { $0 + Double(gradients[update][$1][index]) }
      }
      let magnitude = gradients.reduce(0.0) { sum, update in
        update.reduce(sum) { $0 + Double(abs($1[index])) }
      }
      let (kept, left) = (expected.reduce(0.0) { $0 + Double($1[index]) }, errors.map { Double($0[index]) })
      #expect(abs(kept + left.reduce(0, +) - exact) <= 1e-6 * magnitude)
    }
  }

  @Test func infinityAndNaNLeaveNoErrors() {
    let special: [Float] = [.infinity, -.infinity, .nan, 3.4e38, 1]
    let results = ThreadGroup.run(2) { group in
      let chain = ChainSum(group, precision: .bfloat16)
      return [special, [1, 1, 1, 1, 1]].map { values in
        let own = FlatBuffer(count: 5)
        own.replace(at: 0, with: values)
        _ = chain.sum([own], in: [0..<5], threads: 1)
        return own.array
      }
    }
    for found in results {
      #expect(found[0][0] == .infinity && found[0][1] == -.infinity && found[0][2].isNaN)
      #expect(found[0][3] == .infinity && found[0][4] == 2)
      #expect(found[1] == [2, 2, 2, 2, 2])
    }
  }

  /// Each process gets the sum of its share only, and gives the others what it makes of it.
  @Test(arguments: [1, 2, 3, 5]) func sharesAreSummedAndSpread(processes: Int) {
    let expected = (0..<processes).map(Self.gradients)
    let squares = WorkerOrderSum().sum(expected, in: Self.slices, threads: 1)
    let shares = ProcessShares(of: Self.slices, count: Self.size, processes: processes)
    let results = ThreadGroup.run(processes) { group in
      let (chain, own) = (ChainSum(group), [Self.gradients(worker: group.rank)])
      let work = GradientWork(own, in: Self.slices, shares: shares)
      let found = chain.start(work).finish(threads: 1)
      let sums = shares.slices(of: group.rank, among: Self.slices).map { own[0].array($0) }
      for slice in Self.slices where !shares.range(of: group.rank).contains(slice.lowerBound) {
        own[0].clear(slice)
      }
      chain.spread(own[0], in: Self.slices, shares: shares)
      var collected: [Float] = []
      chain.collect(100..<690_000, of: own[0], shares: shares) { collected += $0 }
      return (own[0], found, sums, collected)
    }
    for (rank, (own, found, sums, collected)) in results.enumerated() {
      #expect(found == squares)
      #expect(sums == shares.slices(of: rank, among: Self.slices).map { expected[0].array($0) })
      for slice in Self.slices { #expect(own.array(slice) == expected[0].array(slice)) }
      #expect(collected.count == (rank == 0 ? 689_900 : 0))
      // Between slices, each process has its own elements.
      for slice in Self.slices.map({ $0.clamped(to: 100..<690_000) }) where rank == 0 {
        #expect(
          Array(collected[slice.lowerBound - 100..<slice.upperBound - 100]) == expected[0].array(slice))
      }
    }
  }

  @Test func collectingGoesOnAfterAnError() {
    struct Full: Error {}
    let shares = ProcessShares(of: Self.slices, count: Self.size, processes: 3)
    let results = ThreadGroup.run(3) { group in
      let (chain, buffer) = (ChainSum(group), Self.gradients(worker: group.rank))
      var failures = 0
      do {
        try chain.collect(0..<Self.size, of: buffer, shares: shares) { (_: [Float]) throws(Full) in
          throw Full()
        }
      } catch { failures += 1 }
      // The next one is not disturbed.
      var sizes = 0
      chain.collect(0..<Self.size, of: buffer, shares: shares) { sizes += $0.count }
      return [failures, sizes]
    }
    #expect(results == [[1, Self.size], [0, 0], [0, 0]])
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
