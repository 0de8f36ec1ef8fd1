import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing
import Training

@Suite struct OptimizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let optimizer: any Optimizer
    /// Names of its tensors for one matrix `weight` of 3 × 5, with their extents.
    let tensors: [String: [Int]]
  }

  static let cases: [Case] = {
    var (adamW, plain, decaying) = (Adam(), SGD(), SGD())
    (adamW.weightDecay, plain.momentum, decaying.weightDecay) = (0.1, 0, 0.1)
    var (relative, moving) = (Adafactor(), Adafactor())
    (relative.relativeStep, moving.beta1, moving.weightDecay) = (true, 0.9, 0.1)
    let moments = ["first_moment.weight": [3, 5], "second_moment.weight": [3, 5]]
    let factors = ["row_moment.weight": [3], "column_moment.weight": [5]]
    return [
      Case(testDescription: "Adam", optimizer: Adam(), tensors: moments),
      Case(testDescription: "AdamW", optimizer: adamW, tensors: moments),
      Case(testDescription: "SGD", optimizer: plain, tensors: [:]),
      Case(testDescription: "momentum", optimizer: decaying, tensors: ["velocity.weight": [3, 5]]),
      Case(testDescription: "Adafactor", optimizer: relative, tensors: factors),
      Case(
        testDescription: "Adafactor with momentum", optimizer: moving,
        tensors: factors.merging(["momentum.weight": [3, 5]]) { $1 }),
    ]
  }()

  /// Two updates of parameters, the largest of which spans several blocks and slices.
  private static func updated(_ optimizer: any Optimizer, sliceSize: Int, threads: Int) -> [UInt32] {
    let parameters = LaidOut.parameters([[7, 3], [700, 130], [130], [40, 2]])
    let count = parameters.reduce(0) { $0 + $1.parameter.shape.count }
    let weights = LaidOut.buffer([randomValues(count, seed: 1)])
    var state = optimizer.makeState(for: parameters)
    for update in 1...2 {
      let gradient = LaidOut.buffer([randomValues(count, seed: UInt64(1 + update))])
      let numbers = UpdateNumbers(update: update, rate: 0.01, gradientScale: 0.5)
      state.prepare(weights, gradient: gradient, numbers: numbers, threads: threads)
      for start in stride(from: 0, to: count, by: sliceSize) {
        state.update(weights, gradient: gradient, numbers: numbers, in: start..<min(start + sliceSize, count))
      }
    }
    return weights.bits
  }

  @Test(arguments: cases)
  func neitherSlicesNorThreadsShow(_ item: Case) {
    let whole = Self.updated(item.optimizer, sliceSize: 1 << 20, threads: 1)
    #expect(whole == Self.updated(item.optimizer, sliceSize: 1 << 15, threads: 3))
    #expect(whole == Self.updated(item.optimizer, sliceSize: 1001, threads: 2))
  }

  @Test(arguments: cases)
  func stateIsNamedForCheckpoints(_ item: Case) {
    var builder = ParameterBuilder()
    _ = builder.matrix("weight", 3, 5, .constant(0))
    let tensors = item.optimizer.makeState(for: builder.parameters).tensors
    #expect(Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.extents) }) == item.tensors)
    for tensor in tensors { #expect(tensor.range.count == tensor.extents.reduce(1, *)) }
    let count = tensors.reduce(0) { $0 + $1.range.count }
    #expect(item.optimizer.stateCount(for: builder.parameters) == count)
  }

  @Test(arguments: cases)
  func toyTaskIsLearned(_ item: Case) {
    var options = ToyTask.options(shards: 2, threads: 2)
    options.optimizer = item.optimizer
    let isDescent = item.optimizer is SGD
    options.schedule = LearningRateSchedule(peak: isDescent ? 0.1 : 0.02, warmup: 10)
    let reports = ToyTask.trained(updates: 60, options: options).reports
    #expect(reports[59].loss.lossPerToken < 0.9 * reports[0].loss.lossPerToken)
  }

  /// Only matrices decay: without a gradient, a bias does not change.
  @Test func weightDecaySparesVectors() {
    var (adam, sgd, adafactor) = (Adam(), SGD(), Adafactor())
    (adam.weightDecay, sgd.weightDecay, adafactor.weightDecay) = (0.5, 0.5, 0.5)
    for optimizer in [adam, sgd, adafactor] as [any Optimizer] {
      let parameters = LaidOut.parameters([[2, 3], [4], [1, 2]])
      let weights = LaidOut.buffer([[Float](repeating: 2, count: 12)])
      let gradient = FlatBuffer(count: 12)
      var state = optimizer.makeState(for: parameters)
      let numbers = UpdateNumbers(update: 1, rate: 0.1, gradientScale: 1)
      state.prepare(weights, gradient: gradient, numbers: numbers, threads: 1)
      state.update(weights, gradient: gradient, numbers: numbers, in: 0..<12)
      let expected = [Float](repeating: 1.9, count: 6) + [2, 2, 2, 2, 1.9, 1.9]
      #expect(Deviation(weights.array, from: expected).worst < 1e-6, "\(optimizer.name)")
    }
  }

  /// The paper's algorithm on a matrix of several blocks, in double precision.
  @Test func adafactorOfManyRowsEqualsTheFormula() {
    let (rows, columns) = (700, 130)
    let values = randomValues(rows * columns, seed: 5)
    let gradient = randomValues(rows * columns, seed: 6).map { 0.1 * $0 }
    let weights = LaidOut.buffer([values])
    var state = Adafactor().makeState(for: LaidOut.parameters([[rows, columns]]))
    let numbers = UpdateNumbers(update: 1, rate: 0.01, gradientScale: 1)
    state.prepare(weights, gradient: LaidOut.buffer([gradient]), numbers: numbers, threads: 2)
    state.update(weights, gradient: LaidOut.buffer([gradient]), numbers: numbers, in: 0..<values.count)

    let squares = gradient.map { Double($0) * Double($0) }
    let byRow = (0..<rows).map { row in
      squares[row * columns..<(row + 1) * columns].reduce(0, +) / Double(columns)
    }
    let byColumn = (0..<columns).map { column in
      stride(from: column, to: squares.count, by: columns).reduce(0) { $0 + squares[$1] } / Double(rows)
    }
    let mean = byRow.reduce(0, +) / Double(rows)
    let update = gradient.indices.map {
      Double(gradient[$0]) / (byRow[$0 / columns] * byColumn[$0 % columns] / mean).squareRoot()
    }
    let size = (update.reduce(0) { $0 + $1 * $1 } / Double(update.count)).squareRoot()
    let expected = update.map { Float(-0.01 * $0 / max(1, size)) }
    let deviation = Deviation(zip(weights.array, values).map { $0 - $1 }, from: expected)
    #expect(deviation.worst < 2e-4, "\(deviation)")
  }
}
