import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct RDropCrossEntropyTests {
  private static func targets(_ count: Int, classes: Int) -> [Int32] {
    (0..<count).map { Int32(($0 * 7 + 3) % classes) }
  }

  /// Targets, columns of x, classes; the last ones have more rows than a chunk holds.
  static let sizes = [
    (1, 1, 1), (1, 3, 2), (2, 1, 3), (3, 16, 15), (15, 2, 16), (16, 5, 17), (17, 8, 31), (33, 4, 33),
    (20, 2, 140_000), (1100, 2, 2100),
  ]

  @Test(arguments: sizes, [(Float(0), Float(0)), (0.1, 5), (0.1, 0.5)])
  func lossAndDerivativesAgreeWithReference(
    _ size: (targets: Int, columns: Int, classes: Int), _ settings: (smoothing: Float, alpha: Float)
  ) {
    let (count, columns, classes) = size
    let parameters = RandomParameters([[2 * count, columns], [classes, columns], [classes]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let targets = Self.targets(count, classes: classes)
    let sum = tape.rDropCrossEntropy(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: parameters.handles[2],
      targets: targets, smoothing: settings.smoothing, alpha: settings.alpha)

    let (x, w) = (parameters.grid(0), parameters.grid(1))
    let expected = RDropReference(
      logits: Reference.affine(x, w, parameters.grid(2)), targets: targets,
      smoothing: Double(settings.smoothing), alpha: Double(settings.alpha))
    #expect(sum.tokens == count)
    for (found, wanted) in zip(
      [sum.loss, sum.negativeLogLikelihood, sum.divergence],
      [expected.loss, expected.negativeLogLikelihood, expected.divergence])
    {
      #expect(abs(found - wanted) <= 1e-5 * max(1, wanted))
    }
    let d = expected.derivative
    let gradients = [
      Reference.product(d, w),
      Grid(classes, columns) { a, b in (0..<2 * count).reduce(0) { $0 + d[$1, a] * x[$1, b] } },
      Grid(1, classes) { _, a in (0..<2 * count).reduce(0) { $0 + d[$1, a] } },
    ]
    for (index, gradient) in gradients.enumerated() {
      let deviation = Deviation(parameters.gradient(index), from: gradient.floats, floor: 1e-4)
      #expect(deviation.worst < 2e-4, "input \(index): \(deviation)")
    }
  }

  @Test(arguments: [(1, 1, 2), (2, 4, 5), (3, 8, 17)], [(Float(0), Float(5)), (0.1, 1), (0.5, 0)])
  func gradientsMatchFiniteDifferences(
    _ size: (targets: Int, columns: Int, classes: Int), _ settings: (smoothing: Float, alpha: Float)
  ) {
    let (count, columns, classes) = size
    for hasBias in [true, false] {
      let parameters = RandomParameters([[2 * count, columns], [classes, columns], [classes]])
      let inputs = parameters.handles
      expectGradientsMatch(
        parameters,
        value: { tape in
          let sum = tape.rDropCrossEntropy(
            tape.tensor(inputs[0]), weight: inputs[1], bias: hasBias ? inputs[2] : nil,
            targets: Self.targets(count, classes: classes), smoothing: settings.smoothing,
            alpha: settings.alpha)
          return (sum.loss + Double(settings.alpha) / 2 * sum.divergence, nil, [])
        })
    }
  }

  struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    let smoothing, alpha: Float
    let targets: [Int32]
    let shapes: [[Int]]
    let values, gradients: [[Float]]
    let loss, likelihood, divergence: Double

    var testDescription: String { "\(shapes), smoothing \(smoothing), alpha \(alpha)" }
  }

  static let fixtures = Result {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      [Fixture].self, from: Data(contentsOf: path.appending(path: "Fixtures/r-drop.json")))
  }

  /// `tools/make-r-drop-fixture` made them.
  @Test(arguments: try fixtures.get())
  func agreesWithPyTorch(_ item: Fixture) {
    let parameters = RandomParameters(
      item.shapes.map { $0.count == 2 ? Shape(rows: $0[0], columns: $0[1]) : [$0[0]] })
    parameters.values.replace(at: 0, with: item.values.flatMap(\.self))
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let sum = tape.rDropCrossEntropy(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: parameters.handles[2],
      targets: item.targets, smoothing: item.smoothing, alpha: item.alpha)
    for (found, wanted) in [
      (sum.loss, item.loss), (sum.negativeLogLikelihood, item.likelihood), (sum.divergence, item.divergence),
    ] {
      #expect(abs(found - wanted) < 2e-6 * max(1, wanted))
    }
    for (index, gradient) in item.gradients.enumerated() {
      let deviation = Deviation(parameters.gradient(index), from: gradient)
      #expect(deviation.worst < 5e-6, "input \(index): \(deviation)")
    }
  }

  /// Two equal passes give the result of a batch without R-Drop, whatever α is.
  @Test(arguments: [Float(0), 5])
  func equalPassesAreOnePass(alpha: Float) {
    let (once, twice) = (RandomParameters([[5, 8], [33, 8]]), RandomParameters([[10, 8], [33, 8]]))
    let weights = once.array(1)
    twice.values.replace(at: 0, with: once.array(0) + once.array(0) + weights)
    let targets = Self.targets(5, classes: 33)
    let tapes = [once, twice].map { Tape(training: $0.values, gradients: $0.gradients) }
    let plain = tapes[0].labelSmoothedCrossEntropy(
      tapes[0].tensor(once.handles[0]), weight: once.handles[1], targets: targets, smoothing: 0.1)
    let sum = tapes[1].rDropCrossEntropy(
      tapes[1].tensor(twice.handles[0]), weight: twice.handles[1], targets: targets, smoothing: 0.1,
      alpha: alpha)
    #expect(abs(sum.divergence) < 1e-5)
    #expect(abs(sum.loss - plain.loss) < 1e-5 && sum.tokens == plain.tokens)
    #expect(abs(sum.negativeLogLikelihood - plain.negativeLogLikelihood) < 1e-5)
    #expect(Deviation(twice.gradient(1), from: once.gradient(1)).worst < 1e-5)
  }

  @Test func inferenceGivesTheSameLossAndNoGradients() {
    let parameters = RandomParameters([[10, 8], [17, 8]])
    func loss(_ tape: Tape) -> LossSum {
      tape.rDropCrossEntropy(
        tape.tensor(parameters.handles[0]), weight: parameters.handles[1],
        targets: Self.targets(5, classes: 17), smoothing: 0.1, alpha: 5)
    }
    let inferred = loss(Tape(inference: parameters.values))
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
    #expect(loss(Tape(training: parameters.values, gradients: parameters.gradients)) == inferred)
  }

  /// A large difference of logits does not overflow: exp(-200) is 0.
  @Test func predictionsFarApartStayFinite() {
    let parameters = RandomParameters([[2, 1], [3, 1]])
    parameters.values.replace(at: 0, with: [100, -100, 1, 0, -1])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let sum = tape.rDropCrossEntropy(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], targets: [0], smoothing: 0.1,
      alpha: 5)
    // Each of the two predictions is certain of a token whose logit is 200 below the best of the other.
    #expect(abs(sum.divergence - 200) < 1e-3)
    #expect(parameters.gradients.array.allSatisfy { $0.isFinite })
  }
}

/// R-Drop's loss from the paper, halved.
private struct RDropReference {
  var (loss, negativeLogLikelihood, divergence) = (0.0, 0.0, 0.0)
  var derivative: Grid

  init(logits: Grid, targets: [Int32], smoothing: Double, alpha: Double) {
    let plain = Reference.crossEntropy(logits, targets: targets + targets, smoothing: smoothing)
    (loss, negativeLogLikelihood) = (plain.loss / 2, plain.negativeLogLikelihood / 2)
    derivative = plain.derivative.map { $0 / 2 }
    for row in targets.indices {
      let rows = [row, row + targets.count]
      let p = rows.map { row in Reference.softmax((0..<logits.columns).map { logits[row, $0] }) }
      for (one, other) in [(0, 1), (1, 0)] {
        let ratios = zip(p[one], p[other]).map { log($0 / $1) }
        let apart = zip(p[one], ratios).reduce(0) { $0 + $1.0 * $1.1 }
        divergence += apart / 2
        for column in 0..<logits.columns {
          // By the logits of the prediction before the bars, then of the one after them.
          derivative[rows[one], column] += alpha / 4 * p[one][column] * (ratios[column] - apart)
          derivative[rows[other], column] += alpha / 4 * (p[other][column] - p[one][column])
        }
      }
    }
  }
}
