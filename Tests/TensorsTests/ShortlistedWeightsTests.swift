import Tensors
import TestSupport
import Testing

/// Products with some rows of a matrix, compared with those of the whole matrix.
@Suite struct ShortlistedWeightsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let stored: WeightType
    let compute: ComputeType
    var testDescription: String { "\(stored) in \(compute)" }
  }

  static let cases = [WeightType.float32, .bfloat16, .int8].flatMap { type in
    ComputeType.allCases.map { Case(stored: type, compute: $0) }
  }

  /// A matrix that is stored in some type, with a bias.
  private struct Matrix {
    let products: PackedProducts
    let weight: Parameter
    let bias: [Float]
    let arena = Arena()

    init(_ item: Case, outputs: Int, inputs: Int) throws {
      var builder = ParameterBuilder()
      // The matrix is not at the start of the weights.
      _ = builder.matrix("other", 3, 5, .constant(0))
      weight = builder.matrix("weight", outputs, inputs, .constant(0))
      let values = randomValues(outputs * inputs, seed: 1)
      let stored = try [randomValues(15, seed: 2), values].enumerated().map { index, values in
        try #require(
          WeightValues(
            rounding: values, rows: index == 0 ? 3 : outputs, to: index == 0 ? .float32 : item.stored))
      }
      let weights = ModelWeights(builder.parameters, types: stored.map(\.type)) {
        stored[$0.name == "other" ? 0 : 1]
      }
      products = PackedProducts(weights, compute: item.compute)
      bias = randomValues(outputs, seed: 3)
    }

    func shortlist(_ rows: [Int32], hasBias: Bool) -> ShortlistedWeights {
      let bias = hasBias ? bias : []
      return bias.withUnsafeBufferPointer {
        products.shortlist(rows, of: weight, bias: hasBias ? $0.baseAddress : nil) {
          let memory = arena.allocate($0)
          memory.update(repeating: .nan, count: $0)
          return memory
        }
      }
    }

    func product(_ x: [Float], rows: Int, hasBias: Bool) -> [Float] {
      var y = [Float](repeating: .nan, count: rows * weight.shape.rows)
      let bias = hasBias ? bias : []
      bias.withUnsafeBufferPointer {
        products.multiply(x, rows: rows, weight: weight, bias: hasBias ? $0.baseAddress : nil, into: &y)
      }
      return y
    }
  }

  private func product(_ x: [Float], rows: Int, _ list: ShortlistedWeights) -> [Float] {
    // One more than the result: nothing may be written there.
    var y = [Float](repeating: .nan, count: rows * list.count) + [42]
    list.multiply(x, rows: rows, into: &y)
    #expect(y.removeLast() == 42)
    return y
  }

  @Test(arguments: cases, [1, 3, 17, 64, 130])
  func outputsHaveTheBitsOfTheWholeProduct(_ item: Case, inputs: Int) throws {
    let outputs = 150
    let matrix = try Matrix(item, outputs: outputs, inputs: inputs)
    let lists: [[Int32]] = [
      [0], [149], Array(0..<150), stride(from: 0, to: 150, by: 2).map { $0 }, [3, 4, 5, 70, 71, 148],
      (0..<33).map { 2 * $0 + 40 }, (0..<64).map { $0 + 10 },
    ]
    for rows in lists {
      for hasBias in [false, true] {
        let list = matrix.shortlist(rows, hasBias: hasBias)
        #expect(list.rows == rows && list.count == rows.count && list.inputs == inputs)
        for count in [1, 2, 7, 17, 33] {
          let x = randomValues(count * inputs, seed: UInt64(count))
          let whole = matrix.product(x, rows: count, hasBias: hasBias)
          let expected = (0..<count).flatMap { row in rows.map { whole[row * outputs + Int($0)] } }
          #expect(product(x, rows: count, list) == expected, "\(rows.count) outputs, \(count) rows")
        }
      }
    }
  }

  @Test(arguments: cases)
  func anEmptyListHasNoOutputs(_ item: Case) throws {
    let matrix = try Matrix(item, outputs: 20, inputs: 8)
    let list = matrix.shortlist([], hasBias: true)
    let x = randomValues(24, seed: 1)
    #expect(product(x, rows: 3, list) == [])
  }

  /// The first use of a matrix may be that of a list or that of all its rows.
  @Test(arguments: cases)
  func listsAndWholeMatricesMayAlternate(_ item: Case) throws {
    let matrix = try Matrix(item, outputs: 70, inputs: 33)
    let x = randomValues(33, seed: 5)
    let first = product(x, rows: 1, matrix.shortlist([1, 2, 69], hasBias: false))
    let whole = matrix.product(x, rows: 1, hasBias: false)
    let second = product(x, rows: 1, matrix.shortlist([1, 2, 69], hasBias: false))
    #expect(first == [whole[1], whole[2], whole[69]] && second == first)
  }

  @Test func aMatrixThatIsNotFiniteIsComputedInFloat32() {
    let (outputs, inputs) = (9, 8)
    let parameters = RandomParameters([[outputs, inputs]])
    parameters.values.replace(at: 3, with: [.infinity])
    let x = randomValues(inputs, seed: 3)
    let arena = Arena()
    let results = ComputeType.allCases.map { compute in
      let products = PackedProducts(parameters.values, compute: compute)
      return product(
        x, rows: 1,
        products.shortlist([2, 7], of: parameters.handles[0], bias: nil) { arena.allocate($0) })
    }
    #expect(results[0] == results[1] && results[0].allSatisfy(\.isFinite))
  }
}
