import Autodiff
import Tensors
import TestSupport
import Testing
import Training

/// The sum in worker order, and decisions that processes make together from gathered numbers.
@Suite struct GradientReducerTests {
  private static func buffers(_ count: Int, of size: Int) -> [FlatBuffer] {
    (0..<count).map { index in
      let buffer = FlatBuffer(count: size)
      buffer.replace(at: 0, with: randomValues(size, seed: UInt64(index)))
      return buffer
    }
  }

  @Test(arguments: [1, 2, 5], [1, 3])
  func gradientsAreSummedInWorkerOrder(workers: Int, threads: Int) {
    let slices = [0..<17, 17..<18, 40..<64]
    let gradients = Self.buffers(workers, of: 64)
    let before = gradients.map(\.array)
    let squares = WorkerOrderSum().sum(gradients, in: slices, threads: threads)
    for index in 0..<64 {
      let isSummed = slices.contains { $0.contains(index) }
      let expected = before.dropFirst().reduce(before[0][index]) { isSummed ? $0 + $1[index] : $0 }
      #expect(gradients[0].array[index].bitPattern == expected.bitPattern)
      for (gradient, before) in zip(gradients, before).dropFirst() {
        #expect(gradient.array[index] == (isSummed ? 0 : before[index]))
      }
    }
    let expected = slices.joined().reduce(0.0) {
      $0 + Double(gradients[0].array[$1]) * Double(gradients[0].array[$1])
    }
    #expect(abs(squares - expected) < 1e-9 * expected)
  }

  /// Simulated processes meet the requirements of the protocol; the other tests rely on this.
  @Test(arguments: [2, 3])
  func simulatedProcessesSumLikeOne(processes: Int) {
    let slices = [0..<30, 31..<64]
    let alone = Self.buffers(6, of: 64)
    let squares = WorkerOrderSum().sum(alone, in: slices, threads: 1)
    let sums = SimulatedProcesses(processes).run { reducer in
      let gradients = Array(Self.buffers(6, of: 64)[reducer.share(of: 6)])
      let squares = reducer.sum(gradients, in: slices, threads: 2)
      return (squares, gradients.map(\.array))
    }.compactMap { try? $0.get() }
    #expect(sums.count == processes)
    for (rank, (sum, gradients)) in sums.enumerated() {
      #expect(sum.bitPattern == squares.bitPattern)
      for slice in slices { #expect(gradients[0][slice] == alone[0].array[slice]) }
      for gradient in gradients.dropFirst() {
        #expect(slices.allSatisfy { gradient[$0].allSatisfy { $0 == 0 } })
      }
      let mine = Self.buffers(6, of: 64)[6 * rank / processes].array
      #expect(gradients[0][30] == mine[30], "elements outside of slices are unchanged")
    }
  }

  @Test(arguments: [(1, 1), (1, 7), (3, 3), (3, 7), (4, 6)])
  func sharesAreWholeAndEven(processes: Int, count: Int) {
    let shares = SimulatedProcesses(processes).run { $0.share(of: count) }.compactMap { try? $0.get() }
    #expect(shares.flatMap(Array.init) == Array(0..<count))
    #expect(shares.allSatisfy { [count / processes, count / processes + 1].contains($0.count) })
  }

  @Test(arguments: [1, 2, 3, 7])
  func sharesOfCostsAreWholeAndAsEvenAsItemsAllow(processes: Int) {
    let costs = [[], [5], [1, 1, 1, 100], [100, 1, 1, 1], (0..<50).map { 1 + $0 * 37 % 23 }]
    for costs in costs {
      let shares = SimulatedProcesses(processes).run { $0.share(ofCosts: costs) }.compactMap {
        try? $0.get()
      }
      #expect(shares.count == processes && shares.flatMap(Array.init) == Array(costs.indices))
      let (mean, most) = (Double(costs.reduce(0, +)) / Double(processes), Double(costs.max() ?? 0))
      for share in shares { #expect(Double(costs[share].reduce(0, +)) <= mean + most, "\(share)") }
    }
  }

  @Test(arguments: [1, 3])
  func bytesAreCollectedInTheFirst(processes: Int) {
    let counts = [1000, 0, 9]
    let bytes = (0..<processes).map { rank in
      (0..<counts[rank]).map { UInt8(truncatingIfNeeded: 200 + rank + 3 * $0) }
    }
    let collected = SimulatedProcesses(processes).run { $0.collect(bytes[$0.rank]) }.compactMap {
      try? $0.get()
    }
    #expect(collected == [bytes] + Array(repeating: [], count: processes - 1))
    for count in [1, 7, 8, 9, 16] {
      let some = (0..<count).map { UInt8(255 - $0) }
      #expect(ByteNumbers.bytes(ByteNumbers.numbers(of: some)) == some)
    }
  }

  @Test func lossesAreSummedBatchByBatchInWorkerOrder() {
    func loss(_ batch: Int, _ worker: Int) -> LossSum {
      let values = randomValues(4, seed: UInt64(10 * batch + worker)).map { Double($0) / 3 }
      return LossSum(
        loss: values[0], negativeLogLikelihood: values[1], divergence: values[2], alignment: values[3],
        tokens: 10 + worker, infeasible: batch)
    }
    let losses = (0..<3).map { batch in (0..<5).map { loss(batch, $0) } }
    let expected = losses.reduce(into: LossSum()) { sum, workers in
      sum += workers.reduce(into: LossSum()) { $0 += $1 }
    }
    for processes in [1, 2, 5] {
      let sums = SimulatedProcesses(processes).run { reducer in
        reducer.sum(losses.map { Array($0[reducer.share(of: 5)]) })
      }
      #expect(sums.compactMap { try? $0.get() } == Array(repeating: expected, count: processes))
    }
    #expect(WorkerOrderSum().sum([[LossSum]]()) == LossSum())
  }

  /// A field added to `LossSum` must be exchanged as well.
  @Test func everyNumberOfALossIsExchanged() {
    #expect(LossSum().numbers.count == Mirror(reflecting: LossSum()).children.count)
    let loss = LossSum(
      loss: 1, negativeLogLikelihood: 2, divergence: 3, alignment: 4, tokens: 5, infeasible: 6)
    #expect(LossSum.all(loss.numbers + LossSum(tokens: 7).numbers) == [loss, LossSum(tokens: 7)])
    #expect(LossSum.all(LossSum(loss: .nan).numbers)[0].loss.isNaN)
  }

  @Test func everyScoreIsExchanged() {
    let scores = ValidationScores(perplexity: 2, bleu: 3, chrf: 4, script: 5)
    #expect(ValidationScores(numbers: scores.numbers) == scores)
    let some = ValidationScores(perplexity: .infinity, script: -1)
    #expect(ValidationScores(numbers: some.numbers) == some)
    #expect(ValidationScores(numbers: []) == nil)
  }

  @Test(arguments: [1, 3])
  func oneSaysYesForAll(processes: Int) {
    for rank in 0..<processes {
      let answers = SimulatedProcesses(processes).run { reducer in
        [reducer.isAny(reducer.rank == rank), reducer.isAny(false), reducer.isAny(true)]
      }
      #expect(
        answers.compactMap { try? $0.get() } == Array(repeating: [true, false, true], count: processes))
    }
  }

  @Test func firstDecidesForAll() {
    let numbers = SimulatedProcesses(3).run { $0.first(Double(10 + $0.rank)) }
    #expect(numbers.compactMap { try? $0.get() } == [10, 10, 10])
  }

  @Test func textsAreCompared() {
    let answers = SimulatedProcesses(3).run { reducer in
      [
        reducer.isSame("seed 1"), reducer.isSame(reducer.rank == 2 ? "seed 11" : "seed 1"),
        reducer.isSame(""),
      ]
    }
    #expect(answers.compactMap { try? $0.get() } == Array(repeating: [true, false, true], count: 3))
  }

  @Test func processesWithOtherKernelsAreFound() throws {
    let same = SimulatedProcesses(3).run { try $0.compareKernels(loops: "new", products: "A")?.rank }
    #expect(try same.map { try $0.get() } == [nil, nil, nil])
    let products = SimulatedProcesses(3).run { reducer in
      try reducer.compareKernels(loops: "new", products: reducer.rank == 2 ? "Ä" : "A").map { "\($0)" }
    }
    for answer in products { #expect(try answer.get()?.contains("rank: 2, products: \"Ä\"") == true) }
    let loops = SimulatedProcesses(3).run { reducer in
      try reducer.compareKernels(loops: reducer.rank == 0 ? "new" : "old", products: "A")?.rank
    }
    for (rank, answer) in loops.enumerated() {
      let expected: TrainingProcessError =
        rank == 0 ? .differentLoops(first: "new", rank: 1, found: "old") : .failed(rank: 0)
      #expect(throws: expected) { try answer.get() }
    }
  }

  private struct Failure: Error, Equatable { let rank: Int }

  @Test func workFailsInAllOrInNone() {
    func outcomes(failing ranks: [Int]) -> [String] {
      SimulatedProcesses(3).run { reducer in
        try reducer.together {
          if ranks.contains(reducer.rank) { throw Failure(rank: reducer.rank) }
          return 7 + reducer.rank
        }
      }.map { result in
        switch result {
        case .success(let value): "\(value)"
        case .failure(let error): "\((error as? Failure).map { "own \($0.rank)" } ?? "\(error)")"
        }
      }
    }
    #expect(outcomes(failing: []) == ["7", "8", "9"])
    let other = "process 1 of the training failed; its own message says why"
    #expect(outcomes(failing: [1]) == [other, "own 1", other])
    #expect(outcomes(failing: [1, 2]) == [other, "own 1", "own 2"])
  }

  @Test func interruptionOfOneIsThatOfAllUnlessAnotherFails() {
    func outcomes(interrupting rank: Int, failing failed: Int? = nil) -> [String] {
      SimulatedProcesses(3).run { reducer in
        try reducer.together {
          if reducer.rank == rank { throw ValidationInterrupted() }
          if reducer.rank == failed { throw Failure(rank: reducer.rank) }
        }
      }.map { result in
        switch result {
        case .success: "done"
        case .failure(is ValidationInterrupted): "interrupted"
        case .failure(let error): "\(error)"
        }
      }
    }
    for rank in 0..<3 {
      #expect(outcomes(interrupting: rank) == Array(repeating: "interrupted", count: 3))
    }
    let other = "process 2 of the training failed; its own message says why"
    #expect(outcomes(interrupting: 0, failing: 2) == [other, other, "Failure(rank: 2)"])
    let first = SimulatedProcesses(2).run { try $0.inFirst { throw ValidationInterrupted() } }
    for outcome in first { #expect(throws: ValidationInterrupted.self) { try outcome.get() } }
  }

  @Test func workOfTheFirstIsKnownToAll() {
    let numbers = SimulatedProcesses(2).run { reducer in
      try reducer.fromFirst {
        #expect(reducer.rank == 0)
        return [1, .infinity]
      }
    }
    #expect(numbers.compactMap { try? $0.get() } == [[1, .infinity], [1, .infinity]])
    let failures = SimulatedProcesses(2).run { try $0.inFirst { throw Failure(rank: 0) } }
    #expect(throws: Failure(rank: 0)) { try failures[0].get() }
    #expect(throws: TrainingProcessError.failed(rank: 0)) { try failures[1].get() }
  }
}
