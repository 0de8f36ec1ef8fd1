import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct CTCLossTests {
  /// Consecutive sentences with their rows and labels.
  struct Case: Sendable, CustomTestStringConvertible {
    var classes = 4
    var blank: Int32 = 0
    var size = 3
    let sentences: [(rows: Int, labels: [Int32])]

    var targets: [CTCTarget] {
      var end = 0
      return sentences.map { rows, labels in
        defer { end += rows }
        return CTCTarget(rows: end..<end + rows, labels: labels)
      }
    }
    var rows: Int { sentences.reduce(0) { $0 + $1.rows } }
    var testDescription: String { "\(classes) classes, blank \(blank), rows \(sentences.map(\.rows))" }
  }

  static let small = [
    Case(sentences: [(1, [1])]),
    Case(sentences: [(1, [])]),
    Case(sentences: [(4, [])]),
    Case(classes: 1, sentences: [(3, [])]),
    Case(classes: 2, blank: 1, sentences: [(3, [0]), (3, [0, 0])]),
    Case(sentences: [(2, [3, 1]), (3, [2, 2]), (5, [1, 1, 1]), (0, []), (6, [1, 2, 1])]),
    Case(classes: 5, blank: 4, sentences: [(5, [0, 0, 3]), (1, [2]), (5, [3, 2, 1, 0])]),
    Case(classes: 3, blank: 1, size: 17, sentences: [(7, [0, 2, 2]), (6, [2])]),
  ]

  @Test(arguments: small, [Float(0), 0.1])
  func agreesWithAllPaths(_ item: Case, smoothing: Float) {
    expectAgreement(item, smoothing: smoothing, tolerance: 1e-5) {
      CTCReference(enumerating: $0, labels: $1, blank: item.blank)
    }
  }

  /// Labels with repeats, seven of ten classes.
  static func labels(_ count: Int, classes: Int) -> [Int32] {
    (0..<count).map { Int32(1 + ($0 * 7 / 3 + $0 / 5) % (classes - 1)) }
  }

  /// More labels than a vector has lanes; many sentences for more than one chunk; one longer than a chunk, alone
  /// and between others; long ones.
  static let large = [
    Case(
      classes: 17,
      sentences: [
        (40, labels(16, classes: 17)), (33, labels(17, classes: 17)), (90, labels(31, classes: 17)),
      ]),
    Case(classes: 70_000, sentences: Array(repeating: (9, [5, 5, 69_999]), count: 7)),
    Case(classes: 140_000, size: 2, sentences: [(3, [7]), (37, labels(12, classes: 90)), (3, [9, 9])]),
    Case(classes: 2100, size: 2, sentences: [(1100, labels(400, classes: 30))]),
    Case(classes: 9, sentences: [(3000, labels(900, classes: 9)), (2000, [1, 1, 2]), (500, [])]),
  ]

  @Test(arguments: large, [Float(0.1)])
  func agreesWithLattice(_ item: Case, smoothing: Float) {
    expectAgreement(item, smoothing: smoothing, tolerance: 1e-4) {
      CTCReference(lattice: $0, labels: $1, blank: item.blank)
    }
  }

  private func expectAgreement(
    _ item: Case, smoothing: Float, tolerance: Double, reference: (Grid, [Int32]) -> CTCReference
  ) {
    let parameters = RandomParameters([
      [item.rows, item.size], [item.classes, item.size], [item.classes],
    ])
    let sum = loss(item, parameters, smoothing: smoothing)
    let (x, w) = (parameters.grid(0), parameters.grid(1))
    let logits = Reference.affine(x, w, parameters.grid(2))
    var (expected, likelihood, d) = (0.0, 0.0, Grid(logits.rows, logits.columns))
    for target in item.targets where !target.rows.isEmpty {
      let sentence = reference(logits.rows(target.rows), target.labels)
      let (loss, derivative) = sentence.loss(labels: target.labels.count, smoothing: Double(smoothing))
      expected += loss
      likelihood += sentence.likelihood
      d.elements.replaceSubrange(
        target.rows.lowerBound * d.columns..<target.rows.upperBound * d.columns, with: derivative.elements)
    }
    #expect(sum.tokens == item.targets.reduce(0) { $0 + $1.labels.count } && sum.infeasible == 0)
    #expect(abs(sum.loss - expected) <= 1e-5 * max(1, expected))
    #expect(abs(sum.negativeLogLikelihood + likelihood) <= 1e-5 * max(1, -likelihood))
    let gradients = [
      Reference.product(d, w),
      Grid(item.classes, item.size) { a, b in (0..<d.rows).reduce(0) { $0 + d[$1, a] * x[$1, b] } },
      Grid(1, item.classes) { _, a in (0..<d.rows).reduce(0) { $0 + d[$1, a] } },
    ]
    for (index, gradient) in gradients.enumerated() {
      let deviation = Deviation(parameters.gradient(index), from: gradient.floats, floor: 1e-3)
      #expect(deviation.worst < tolerance, "input \(index): \(deviation)")
    }
  }

  private func loss(
    _ item: Case, _ parameters: RandomParameters, smoothing: Float = 0, hasBias: Bool = true,
    on tape: Tape? = nil
  ) -> LossSum {
    let tape = tape ?? Tape(training: parameters.values, gradients: parameters.gradients)
    let handles = parameters.handles
    return tape.ctcLoss(
      tape.tensor(handles[0]), weight: handles[1], bias: hasBias ? handles[2] : nil, targets: item.targets,
      blank: item.blank, smoothing: smoothing)
  }

  @Test(arguments: small, [Float(0), 0.3])
  func gradientsMatchFiniteDifferences(_ item: Case, smoothing: Float) {
    for hasBias in [true, false] {
      let parameters = RandomParameters([
        [item.rows, item.size], [item.classes, item.size], [item.classes],
      ])
      expectGradientsMatch(
        parameters,
        value: { tape in
          (loss(item, parameters, smoothing: smoothing, hasBias: hasBias, on: tape).loss, nil, [])
        })
    }
  }

  /// Too few rows for the labels, or for the blanks between equal ones.
  static let infeasible: [(rows: Int, labels: [Int32])] = [
    (0, [1]), (1, [1, 2]), (2, [1, 1]), (4, [1, 1, 1]), (3, [1, 2, 3, 1]),
  ]

  @Test(arguments: infeasible)
  func sentencesWithoutAlignmentCostNothing(_ sentence: (rows: Int, labels: [Int32])) {
    let (before, after) = ((rows: 3, labels: [Int32(1), 2]), (rows: 2, labels: [Int32(3)]))
    let item = Case(sentences: [before, sentence, after])
    let parameters = RandomParameters([[item.rows, 3], [4, 3], [4]])
    let sum = loss(item, parameters, smoothing: 0.1)

    let x = parameters.array(0)
    let neighbors = Case(sentences: [before, after])
    let others = RandomParameters([[5, 3], [4, 3], [4]])
    others.values.replace(
      at: 0, with: x.prefix(9) + x.suffix(6) + parameters.array(1) + parameters.array(2))
    var expected = loss(neighbors, others, smoothing: 0.1)
    expected.infeasible = 1
    #expect(abs(sum.loss - expected.loss) < 1e-6)
    #expect(sum.tokens == 3 && sum.infeasible == 1)
    let gradient = parameters.gradient(0)
    #expect(gradient[9..<9 + sentence.rows * 3].allSatisfy { $0 == 0 })
    #expect(Deviation(gradient.prefix(9) + gradient.suffix(6), from: others.gradient(0)).worst < 1e-5)
    #expect(Deviation(parameters.gradient(1), from: others.gradient(1)).worst < 1e-5)
  }

  @Test func nothingButInfeasibleSentencesCostNothing() {
    for sentences in [Self.infeasible, []] {
      let item = Case(sentences: sentences)
      let parameters = RandomParameters([[item.rows, 3], [4, 3], [4]])
      #expect(loss(item, parameters) == LossSum(infeasible: sentences.count))
      #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
    }
  }

  @Test func rowsOfNoSentenceCostNothing() {
    let parameters = RandomParameters([[9, 3], [4, 3]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let targets = [CTCTarget(rows: 1..<4, labels: [1, 2]), CTCTarget(rows: 6..<8, labels: [3])]
    let sum = tape.ctcLoss(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1], targets: targets, blank: 0,
      smoothing: 0.1)
    #expect(sum.tokens == 3 && sum.loss > 0)
    let rows = (0..<9).filter { row in parameters.gradient(0)[3 * row..<3 * row + 3].contains { $0 != 0 } }
    #expect(rows == [1, 2, 3, 6, 7])
  }

  /// Then there is a single path: every row has its label.
  @Test(arguments: [Float(0), 0.1])
  func asManyRowsAsLabelsAreCrossEntropy(smoothing: Float) {
    let labels: [Int32] = [3, 1, 2, 4, 3, 16]
    let (ctc, plain) = (
      RandomParameters([[6, 5], [17, 5], [17]]), RandomParameters([[6, 5], [17, 5], [17]])
    )
    let sum = loss(Case(classes: 17, size: 5, sentences: [(6, labels)]), ctc, smoothing: smoothing)
    let tape = Tape(training: plain.values, gradients: plain.gradients)
    let expected = tape.labelSmoothedCrossEntropy(
      tape.tensor(plain.handles[0]), weight: plain.handles[1], bias: plain.handles[2], targets: labels,
      smoothing: smoothing)
    #expect(abs(sum.loss - expected.loss) < 1e-5)
    #expect(abs(sum.negativeLogLikelihood - expected.negativeLogLikelihood) < 1e-5)
    #expect(sum.tokens == expected.tokens)
    #expect(Deviation(ctc.gradients.array, from: plain.gradients.array).worst < 1e-5)
  }

  /// Predictions may be certain and wrong; probabilities below the smallest float are still compared.
  @Test(arguments: [Float(1), 30, 300, 1e4, 1e30])
  func extremeLogitsStayFinite(scale: Float) {
    let item = Case(size: 1, sentences: [(4, [1, 1]), (3, [2]), (5, [2, 1, 3])])
    let parameters = RandomParameters([[12, 1], [4, 1], [4]])
    parameters.values.replace(
      at: 0, with: [Float](repeating: scale, count: 12) + [1, -1, 0.5, 0] + [0, 0, 0, 0])
    let sum = loss(item, parameters, smoothing: 0.1)
    #expect(sum.loss.isFinite && sum.loss > 0)
    #expect(parameters.gradients.array.allSatisfy { $0.isFinite })
    guard scale < 1e3 else { return }
    let logits = Grid(12, 4) { _, column in Double(scale) * [1, -1, 0.5, 0][column] }
    let expected = item.targets.reduce(0.0) {
      $0 - CTCReference(lattice: logits.rows($1.rows), labels: $1.labels, blank: 0).likelihood
    }
    #expect(abs(sum.negativeLogLikelihood - expected) < 1e-5 * expected)
  }

  @Test func damagedLogitsAreSeen() {
    let item = Case(sentences: [(4, [1, 1])])
    let parameters = RandomParameters([[4, 3], [4, 3], [4]])
    parameters.values.replace(at: 4, with: [.nan])
    #expect(loss(item, parameters).loss.isNaN)
  }

  @Test func inferenceGivesTheSameLossAndNoGradients() {
    let item = Case(sentences: [(5, [1, 2, 2]), (3, [3]), (1, [1, 2])])
    let parameters = RandomParameters([[9, 3], [4, 3], [4]])
    let inferred = loss(item, parameters, smoothing: 0.1, on: Tape(inference: parameters.values))
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
    #expect(loss(item, parameters, smoothing: 0.1) == inferred)
  }

  /// Factors that bfloat16 holds exactly, so that only the derivative's products round.
  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil), arguments: [17, 70_000])
  func bfloat16IsNearFloat32(classes: Int) {
    let item = Case(
      classes: classes, size: 8, sentences: [(70, Self.labels(20, classes: 17)), (9, [1, 1]), (1, [2, 2])])
    let both = [MatrixPrecision.float32, .bfloat16].map { precision in
      let parameters = RandomParameters([[80, 8], [classes, 8], [classes]])
      parameters.values.replace(at: 0, with: parameters.values.array.map { ($0 * 4).rounded() / 4 })
      let tape = Tape(training: parameters.values, gradients: parameters.gradients, precision: precision)
      return (sum: loss(item, parameters, smoothing: 0.1, on: tape), parameters)
    }
    #expect(abs(both[0].sum.loss - both[1].sum.loss) < 1e-5 * both[0].sum.loss)
    #expect(both[0].sum.tokens == both[1].sum.tokens && both[1].sum.infeasible == 1)
    for index in 0..<3 {
      let (one, other) = (both[0].1.gradient(index), both[1].1.gradient(index))
      #expect(Deviation(other, from: one).ofNorm < 5e-3, "input \(index)")
    }
  }

  struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Sentence: Decodable, Sendable {
      let rows: Int
      let labels: [Int32]
    }

    let classes: Int
    let blank: Int32
    let smoothing: Float
    let sentences: [Sentence]
    let logits, gradient: [Float]
    let loss, likelihood: Double
    let infeasible: Int

    var testDescription: String { "\(classes) classes, rows \(sentences.map(\.rows))" }
  }

  static let fixtures = Result {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      [Fixture].self, from: Data(contentsOf: path.appending(path: "Fixtures/ctc.json")))
  }

  /// With the unit matrix as weight, inputs are logits.
  ///
  /// `tools/make-ctc-fixture` made them.
  @Test(arguments: try fixtures.get())
  func agreesWithPyTorch(_ fixture: Fixture) {
    let classes = fixture.classes
    let item = Case(
      classes: classes, blank: fixture.blank, size: classes,
      sentences: fixture.sentences.map { ($0.rows, $0.labels) })
    let parameters = RandomParameters([[item.rows, classes], [classes, classes]])
    let unit = Grid(classes, classes) { $0 == $1 ? 1 : 0 }
    parameters.values.replace(at: 0, with: fixture.logits + unit.floats)
    let sum = loss(item, parameters, smoothing: fixture.smoothing, hasBias: false)
    #expect(abs(sum.loss - fixture.loss) < 2e-6 * max(1, fixture.loss))
    #expect(abs(sum.negativeLogLikelihood - fixture.likelihood) < 2e-6 * max(1, fixture.likelihood))
    #expect(sum.infeasible == fixture.infeasible)
    let deviation = Deviation(parameters.gradient(0), from: fixture.gradient)
    #expect(deviation.worst < 1e-5, "\(deviation)")
  }
}
