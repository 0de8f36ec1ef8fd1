import Foundation
import Tensors
import TestSupport
import Testing
import Training

/// Compares five updates of small matrices and vectors with PyTorch; see `tools/make-optimizer-fixtures`.
@Suite struct PyTorchOptimizerTests {
  struct Fixture: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
      let optimizer: String
      let weightDecay: Float
      let momentum, beta1: Float?
      let relativeStep: Bool?
      let first, last: [[Float]]

      var testDescription: String {
        "\(optimizer) \([weightDecay, momentum ?? 0, beta1 ?? 0]) \(relativeStep ?? false)"
      }
    }

    let shapes: [[Int]]
    let rate: Double
    let start: [[Float]]
    let gradients: [[[Float]]]
    let cases: [Case]
  }

  static let fixture = Result {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Fixture.self, from: Data(contentsOf: path.appending(path: "Fixtures/optimizers.json")))
  }

  static func optimizer(_ item: Fixture.Case) throws -> any Optimizer {
    switch item.optimizer {
    case "adam", "adamw":
      var adam = Adam()
      adam.weightDecay = item.weightDecay
      return adam
    case "sgd":
      var sgd = SGD()
      (sgd.momentum, sgd.weightDecay) = (try #require(item.momentum), item.weightDecay)
      return sgd
    default:
      var adafactor = Adafactor()
      (adafactor.weightDecay, adafactor.beta1) = (item.weightDecay, item.beta1 ?? 0)
      adafactor.relativeStep = item.relativeStep == true
      return adafactor
    }
  }

  @Test(arguments: try fixture.get().cases)
  func updatesAgree(_ item: Fixture.Case) throws {
    let fixture = try Self.fixture.get()
    let parameters = LaidOut.parameters(fixture.shapes)
    let optimizer = try Self.optimizer(item)
    #expect(optimizer.name == item.optimizer)
    let weights = LaidOut.buffer(fixture.start)
    var state = optimizer.makeState(for: parameters)
    for (number, gradient) in fixture.gradients.enumerated() {
      // As if there were four tokens, so that the scale matters.
      let gradients = LaidOut.buffer(gradient.map { $0.map { 4 * $0 } })
      let numbers = UpdateNumbers(update: number + 1, rate: fixture.rate, gradientScale: 0.25)
      state.prepare(weights, gradient: gradients, numbers: numbers, threads: 2)
      // A slice boundary in the middle of a row.
      for slice in [0..<40, 40..<weights.count] {
        state.update(weights, gradient: gradients, numbers: numbers, in: slice)
      }
      if number == 0 { try expectClose(weights, item.first, item) }
    }
    try expectClose(weights, item.last, item)
  }

  /// Relative to the change of the weights, because the weights themselves hardly change.
  private func expectClose(_ weights: FlatBuffer, _ expected: [[Float]], _ item: Fixture.Case) throws {
    let start = try Self.fixture.get().start.flatMap(\.self)
    let deviation = Deviation(
      zip(weights.array, start).map { $0 - $1 }, from: zip(expected.flatMap(\.self), start).map { $0 - $1 })
    #expect(deviation.worst < 1e-4, "\(item.testDescription): \(deviation)")
  }
}

/// Parameters of given shapes in one flat buffer.
enum LaidOut {
  static func parameters(_ shapes: [[Int]]) -> [NamedParameter] {
    var builder = ParameterBuilder()
    for (index, shape) in shapes.enumerated() {
      if shape.count == 2 {
        _ = builder.matrix("matrix\(index)", shape[0], shape[1], .constant(0))
      } else {
        _ = builder.vector("vector\(index)", shape[0], .constant(0))
      }
    }
    return builder.parameters
  }

  static func buffer(_ values: [[Float]]) -> FlatBuffer {
    let all = values.flatMap(\.self)
    let buffer = FlatBuffer(count: all.count)
    buffer.replace(at: 0, with: all)
    return buffer
  }
}
