import Tensors

/// The greatest output of each row, packing a shortlist, and products with it.
var shortlistWorks: [Work] {
  [256, 512].flatMap { inputs in
    ComputeType.allCases.flatMap { compute in
      let name = "\(compute.rawValue) \(inputs) to"
      return [
        Work(name: "greatest of \(name) 32000, 8 rows") { _ in OutputLayer(inputs, compute).greatestOfAll }
      ]
        + [500, 2000, 4000].flatMap { count in
          [
            Work(name: "shortlist \(name) \(count) of 32000") { _ in
              OutputLayer(inputs, compute).packing(count)
            },
            Work(name: "product \(name) \(count) of 32000, 8 rows") { _ in
              OutputLayer(inputs, compute).product(with: count)
            },
          ]
        }
    }
  }
}

/// A random output layer with a bias, whose weight is stored in the type that products compute with.
private struct OutputLayer {
  private let outputs = 32_000
  private let rows = 8
  private let inputs: Int
  private let products: PackedProducts
  private let weight: Parameter
  private let x, bias: FlatBuffer

  init(_ inputs: Int, _ compute: ComputeType) {
    self.inputs = inputs
    var builder = ParameterBuilder()
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let values = WeightValues.float32(randomBuffer(outputs * inputs, seed: 1).array)
    let stored = values.rounded(rows: outputs, to: compute == .int8 ? .int8 : .float32) ?? values
    let weights = ModelWeights(builder.parameters, types: [stored.type]) { _ in stored }
    (products, self.weight) = (PackedProducts(weights, compute: compute), weight)
    (x, bias) = (randomBuffer(rows * inputs, seed: 2), randomBuffer(outputs, seed: 3))
  }

  var greatestOfAll: Round {
    round(outputs) {
      _ = products.greatestOutputs(
        x.elements, rows: rows, weight: weight, bias: bias.elements,
        excluding: [UInt16](repeating: 0, count: rows))
    }
  }

  func product(with count: Int) -> Round {
    let arena = Arena()
    let list = list(count, in: arena)
    let y = FlatBuffer(count: rows * count)
    return round(count) {
      withExtendedLifetime(arena) { list.multiply(x.elements, rows: rows, into: y.elements) }
    }
  }

  func packing(_ count: Int) -> Round {
    let arena = Arena()
    return Round(amounts: [("rows", Double(count))]) {
      arena.reset()
      _ = list(count, in: arena)
    }
  }

  private func round(_ count: Int, _ run: @escaping () -> Void) -> Round {
    Round(amounts: [("rows", Double(rows))], operations: Double(2 * rows * inputs * count), run: run)
  }

  /// Rows all over the matrix.
  private func list(_ count: Int, in arena: Arena) -> ShortlistedWeights {
    let chosen = (0..<count).map { Int32($0 * (outputs / count)) }
    return products.shortlist(chosen, of: weight, bias: bias.elements) { arena.allocate($0) }
  }
}
