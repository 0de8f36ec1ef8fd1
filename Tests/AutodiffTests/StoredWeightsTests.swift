import Autodiff
import Tensors
import TestSupport
import Testing

/// Operations with weights that are not stored as float32 give the same bits as with the converted weights.
@Suite struct StoredWeightsTests {
  private struct Layout {
    var builder = ParameterBuilder()
    let table: Parameter
    let places: Parameter
    let weight: Parameter
    let bias: Parameter
    let gamma: Parameter

    init() {
      table = builder.matrix("table", 11, 6, .constant(0))
      places = builder.matrix("places", 5, 6, .constant(0))
      weight = builder.matrix("weight", 7, 6, .constant(0))
      bias = builder.vector("bias", 7, .constant(0))
      gamma = builder.vector("gamma", 6, .constant(0))
    }

    func weights(_ type: WeightType) throws -> ModelWeights {
      let values = RandomParameters(builder).values
      return try ModelWeights(builder.parameters, types: [type, type, type, .float32, .float32]) { item in
        try #require(
          WeightValues(
            rounding: values.array(item.range), rows: item.parameter.shape.rows,
            to: item.extents.count == 1 ? .float32 : type))
      }
    }
  }

  private func floats(_ weights: ModelWeights) -> ModelWeights {
    let buffer = FlatBuffer(count: weights.count)
    buffer.replace(at: 0, with: weights.array)
    return ModelWeights(buffer)
  }

  /// The tapes that a model may be computed on.
  private func tapes(_ weights: ModelWeights) -> [Tape] {
    [Tape(inference: weights), Tape(inference: weights, packed: PackedProducts(weights))]
  }

  @Test(arguments: WeightType.allCases) func resultsAreTheSameBits(_ type: WeightType) throws {
    let layout = Layout()
    let weights = try layout.weights(type)
    for (tape, reference) in zip(tapes(weights), tapes(floats(weights))) {
      for _ in 0..<2 {
        #expect(results(layout, tape) == results(layout, reference))
        tape.reset()
        reference.reset()
      }
    }
  }

  private func results(_ layout: Layout, _ tape: Tape) -> [[Float]] {
    let (ids, positions): ([Int32], [Int32]) = ([10, 3, 3, 0], [0, 4, 2, 4])
    let sines = PositionTable.constant(randomValues(30, seed: 9))
    let embedded = [sines, .learned(layout.places), .none].map { places in
      tape.embed(ids: ids, positions: positions, table: layout.table, positionTable: places, scale: 2)
    }
    let x = tape.addAndNormalize(embedded[0], to: embedded[1], gamma: layout.gamma, beta: nil)
    var logits: [Float] = []
    tape.project(x, weight: layout.weight, bias: layout.bias, into: &logits)
    let y = tape.linear(x, weight: layout.weight, bias: layout.bias)
    let loss = tape.labelSmoothedCrossEntropy(
      x, weight: layout.weight, targets: [0, 6, 3, 1], smoothing: 0.1)
    return embedded.map(\.array) + [x.array, logits, y.array, [Float(loss.loss)]]
  }

  /// An embedding takes memory for the rows that it reads, not for the table.
  @Test func onlyTheRowsThatAreReadAreConverted() throws {
    var builder = ParameterBuilder()
    let table = builder.matrix("table", 1000, 16, .constant(0))
    let weights = ModelWeights(builder.parameters, types: [.int8]) { _ in
      .int8([Int8](repeating: 3, count: 16_000), scales: [Float](repeating: 0.5, count: 1000))
    }
    let tape = Tape(inference: weights)
    let y = tape.embed(ids: [999, 0], positions: [0, 1], table: table, positionTable: .none, scale: 1)
    #expect(y.array == [Float](repeating: 1.5, count: 32))
    #expect(tape.arena.allocated <= 64)
  }
}
