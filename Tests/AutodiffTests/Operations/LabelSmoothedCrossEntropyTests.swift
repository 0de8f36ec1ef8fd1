import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct LabelSmoothedCrossEntropyTests {
  private func targets(_ rows: Int, classes: Int) -> [Int32] {
    (0..<rows).map { Int32(($0 * 7 + 3) % classes) }
  }

  /// Rows, columns of x, classes; the last ones have more rows than a chunk holds.
  static let sizes = [
    (1, 1, 1), (1, 3, 2), (2, 1, 3), (3, 16, 15), (15, 2, 16), (16, 5, 17), (17, 8, 31), (33, 4, 33),
    (40, 2, 140_000), (1100, 2, 2100),
  ]

  @Test(arguments: sizes, [Float(0), 0.1])
  func lossAndDerivativesAgreeWithReference(_ size: (rows: Int, columns: Int, classes: Int), smoothing: Float)
  {
    let (rows, columns, classes) = size
    let parameters = RandomParameters([[rows, columns], [classes, columns], [classes]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let targets = targets(rows, classes: classes)
    let sum = tape.labelSmoothedCrossEntropy(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: parameters.handles[2],
      targets: targets, smoothing: smoothing)

    let (x, w) = (parameters.grid(0), parameters.grid(1))
    let expected = Reference.crossEntropy(
      Reference.affine(x, w, parameters.grid(2)), targets: targets, smoothing: Double(smoothing))
    #expect(sum.tokens == rows)
    #expect(abs(sum.loss - expected.loss) <= 1e-5 * max(1, expected.loss))
    #expect(
      abs(sum.negativeLogLikelihood - expected.negativeLogLikelihood)
        <= 1e-5 * max(1, expected.negativeLogLikelihood))
    let d = expected.derivative
    let expectedGradients = [
      Reference.product(d, w),
      Grid(classes, columns) { a, b in (0..<rows).reduce(0) { $0 + d[$1, a] * x[$1, b] } },
      Grid(1, classes) { _, a in (0..<rows).reduce(0) { $0 + d[$1, a] } },
    ]
    for (index, gradient) in expectedGradients.enumerated() {
      let deviation = Deviation(parameters.gradient(index), from: gradient.floats, floor: 1e-4)
      #expect(deviation.worst < 2e-4, "input \(index): \(deviation)")
    }
  }

  @Test(arguments: [(1, 1, 2), (3, 4, 5), (5, 16, 17)], [Float(0), 0.1, 0.5])
  func gradientsMatchFiniteDifferences(_ size: (rows: Int, columns: Int, classes: Int), smoothing: Float) {
    let (rows, columns, classes) = size
    for hasBias in [true, false] {
      let parameters = RandomParameters([[rows, columns], [classes, columns], [classes]])
      let inputs = parameters.handles
      expectGradientsMatch(
        parameters,
        value: { tape in
          let sum = tape.labelSmoothedCrossEntropy(
            tape.tensor(inputs[0]), weight: inputs[1], bias: hasBias ? inputs[2] : nil,
            targets: targets(rows, classes: classes), smoothing: smoothing)
          return (sum.loss, nil, [])
        })
    }
  }

  @Test func inferenceGivesTheSameLossAndNoGradients() {
    let parameters = RandomParameters([[5, 8], [17, 8]])
    let targets = targets(5, classes: 17)
    func loss(_ tape: Tape) -> LossSum {
      tape.labelSmoothedCrossEntropy(
        tape.tensor(parameters.handles[0]), weight: parameters.handles[1], targets: targets, smoothing: 0.1)
    }
    let inferred = loss(Tape(inference: parameters.values))
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
    #expect(loss(Tape(training: parameters.values, gradients: parameters.gradients)) == inferred)
  }

  @Test func noRowsCostNothing() {
    let parameters = RandomParameters([[0, 8], [17, 8]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let sum = tape.labelSmoothedCrossEntropy(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], targets: [], smoothing: 0.1)
    #expect(sum == LossSum())
    #expect(sum.lossPerToken == 0 && sum.perplexity == 1)
  }
}
