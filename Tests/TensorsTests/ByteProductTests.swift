import CKernels
import Tensors
import TestSupport
import Testing

/// Products of weights and rows that are both rounded to bytes.
@Suite struct ByteProductTests {
  /// All kernels that this processor has: every one has the same results.
  static let kernels = [
    INT8_PORTABLE, INT8_AVX2, INT8_AVX_VNNI, INT8_AVX512_VNNI, INT8_AMX, INT8_NEON, INT8_NEON_DOT,
    INT8_TILE_DOUBLE,
  ].filter { int8_kernel_is_supported($0) != 0 }

  private struct Weights {
    var bytes: [Int8]
    var scales: [Float]
    init(_ values: [Float], outputs: Int, inputs: Int) {
      bytes = Array(repeating: 0, count: outputs * inputs)
      scales = Array(repeating: 0, count: outputs)
      #expect(int8_round(&bytes, &scales, values, outputs, inputs) == 1)
    }

    /// As products with a kernel read them.
    func packed(_ kernel: int8_kernel) -> [UInt8] {
      let (outputs, inputs) = (scales.count, bytes.count / scales.count)
      var packed = [UInt8](repeating: 0xaa, count: int8_packed_size(kernel, outputs, inputs))
      int8_pack(kernel, &packed, bytes, scales, outputs, inputs)
      return packed
    }
  }

  private func product(
    _ kernel: int8_kernel, _ x: [Float], _ weights: Weights, bias: [Float]?, rows: Int
  ) -> [Float] {
    let (outputs, inputs) = (weights.scales.count, weights.bytes.count / weights.scales.count)
    var scratch = [UInt8](repeating: 0x55, count: int8_scratch(rows, inputs))
    // One more than the result: nothing may be written there.
    var y = [Float](repeating: .nan, count: rows * outputs) + [42]
    int8_product(kernel, &y, x, weights.packed(kernel), bias, rows, outputs, inputs, &scratch)
    #expect(y.removeLast() == 42)
    return y
  }

  /// The definition: bytes and sums in integers, then the scales and the bias in single precision.
  private func reference(_ x: [Float], _ weights: Weights, bias: [Float]?, rows: Int) -> [Float] {
    let (outputs, inputs) = (weights.scales.count, weights.bytes.count / weights.scales.count)
    var y: [Float] = []
    for row in 0..<rows {
      let values = x[row * inputs..<(row + 1) * inputs]
      let greatest = values.reduce(0) { max($0, abs($1)) }
      let bytes = values.map { greatest == 0 ? 0 : Int(($0 * (127 / greatest)).rounded(.toNearestOrEven)) }
      for output in 0..<outputs {
        var sum = 0
        for (input, byte) in bytes.enumerated() { sum += byte * Int(weights.bytes[output * inputs + input]) }
        let scaled = Float(sum) * (weights.scales[output] * (greatest / 127))
        y.append(bias.map { scaled + $0[output] } ?? scaled)
      }
    }
    return y
  }

  @Test(arguments: [1, 3, 4, 5, 63, 64, 65, 200], [1, 15, 16, 17, 63, 64, 65, 130])
  func allKernelsHaveTheSameBits(inputs: Int, outputs: Int) {
    let weights = Weights(randomValues(outputs * inputs, seed: 1), outputs: outputs, inputs: inputs)
    let bias = randomValues(outputs, seed: 2)
    for rows in [1, 2, 3, 5, 6, 7, 13, 16, 17, 33, 97] {
      let x = randomValues(rows * inputs, seed: UInt64(rows))
      for bias in [nil, bias] {
        let expected = reference(x, weights, bias: bias, rows: rows)
        for kernel in Self.kernels {
          #expect(
            product(kernel, x, weights, bias: bias, rows: rows) == expected, "kernel \(kernel), \(rows) rows")
        }
      }
    }
  }

  /// The greatest magnitudes in every place, where sums of 16 bits would overflow.
  @Test func extremeBytes() {
    let (outputs, inputs) = (48, 512)
    for (w, x) in [(1, 1), (1, -1), (-1, 1), (-1, -1)] as [(Float, Float)] {
      let weights = Weights(Array(repeating: w, count: outputs * inputs), outputs: outputs, inputs: inputs)
      for rows in [1, 20] {
        for kernel in Self.kernels {
          let y = product(
            kernel, Array(repeating: x, count: rows * inputs), weights, bias: nil, rows: rows)
          #expect(y.allSatisfy { abs($0 - w * x * Float(inputs)) < 0.01 }, "kernel \(kernel)")
        }
      }
    }
  }

  @Test func roundingIsThatOfStoredWeights() throws {
    let (outputs, inputs) = (37, 53)
    var values = randomValues(outputs * inputs, seed: 9).map { $0 * $0 * $0 }
    for input in 0..<inputs { values[input] = 0 }
    for input in inputs..<2 * inputs { values[input] *= 1e-19 * 1e-19 }
    let stored = try #require(WeightValues(rounding: values, rows: outputs, to: .int8))
    let weights = Weights(values, outputs: outputs, inputs: inputs)
    #expect(stored == .int8(weights.bytes, scales: weights.scales))
    var bytes = weights.bytes
    var scales = weights.scales
    for bad in [Float.nan, .infinity, -.infinity] {
      values[100] = bad
      #expect(int8_round(&bytes, &scales, values, outputs, inputs) == 0)
    }
  }

  @Test func aRowThatIsNotFiniteHasOnlyNaN() {
    let (outputs, inputs, rows) = (20, 24, 40)
    let weights = Weights(randomValues(outputs * inputs, seed: 1), outputs: outputs, inputs: inputs)
    var x = randomValues(rows * inputs, seed: 2)
    let clean = reference(x, weights, bias: nil, rows: rows)
    x[3 * inputs + 5] = .nan
    x[20 * inputs] = -.infinity
    for kernel in Self.kernels {
      let y = product(kernel, x, weights, bias: nil, rows: rows)
      for row in 0..<rows {
        let range = row * outputs..<(row + 1) * outputs
        if row == 3 || row == 20 {
          #expect(y[range].allSatisfy { $0.isNaN })
        } else {
          #expect(y[range] == clean[range])
        }
      }
    }
  }

  @Test(arguments: [1, 4, 64, 130], [1, 15, 16, 17, 65, 500])
  func theGreatestIsThatOfTheProduct(inputs: Int, outputs: Int) {
    var random = RandomSource(5)
    // Few values make many equal outputs.
    let values = randomValues(outputs * inputs, seed: 3).map { ($0 * 3).rounded() / 3 }
    let weights = Weights(values, outputs: outputs, inputs: inputs)
    for rows in [1, 2, 6, 16, 40, 100] {
      var x = randomValues(rows * inputs, seed: UInt64(rows))
      if rows > 6 { x[4 * inputs] = .nan }
      let excluded = (0..<rows).map { _ in UInt16(truncatingIfNeeded: random.next() & 0x8421) }
      for kernel in Self.kernels {
        let y = product(kernel, x, weights, bias: nil, rows: rows)
        var best = [Int32](repeating: -2, count: rows)
        var scratch = [UInt8](repeating: 0, count: int8_scratch(rows, inputs))
        int8_best(
          kernel, &best, x, weights.packed(kernel), nil, rows, outputs, inputs, excluded, &scratch)
        for row in 0..<rows {
          var expected = (output: Int32(-1), value: -Float.infinity)
          for output in 0..<outputs where output > 15 || excluded[row] >> UInt16(output) & 1 == 0 {
            if y[row * outputs + output] > expected.value {
              expected = (Int32(output), y[row * outputs + output])
            }
          }
          #expect(best[row] == expected.output, "kernel \(kernel), row \(row) of \(rows)")
        }
      }
    }
  }

  // MARK: - Through PackedProducts

  @Test func resultsDoNotDependOnOtherRows() {
    let (outputs, inputs, rows) = (70, 48, 120)
    let parameters = RandomParameters([[outputs, inputs], [1, outputs]])
    let products = PackedProducts(parameters.values, compute: .int8)
    #expect(products.compute == .int8)
    let x = randomValues(rows * inputs, seed: 7)
    var all = [Float](repeating: 0, count: rows * outputs)
    let bias = randomValues(outputs, seed: 8)
    products.multiply(x, rows: rows, weight: parameters.handles[0], bias: bias, into: &all)
    for row in [0, 1, 15, 16, 95, 96, 119] {
      var alone = [Float](repeating: 0, count: outputs)
      products.multiply(
        Array(x[row * inputs..<(row + 1) * inputs]), rows: 1, weight: parameters.handles[0], bias: bias,
        into: &alone)
      #expect(alone[...] == all[row * outputs..<(row + 1) * outputs])
    }
  }

  /// Rounding both factors moves a result by at most half a scale of each element, times the other factor.
  @Test func theErrorIsThatOfRounding() {
    let (outputs, inputs, rows) = (64, 256, 20)
    let parameters = RandomParameters([[outputs, inputs]])
    let weight = parameters.handles[0]
    let x = randomValues(rows * inputs, seed: 7)
    var (exact, rounded) = (
      [Float](repeating: 0, count: rows * outputs), [Float](repeating: 0, count: rows * outputs)
    )
    PackedProducts(parameters.values).multiply(x, rows: rows, weight: weight, bias: nil, into: &exact)
    PackedProducts(parameters.values, compute: .int8)
      .multiply(x, rows: rows, weight: weight, bias: nil, into: &rounded)
    let w = parameters.values.array(0..<outputs * inputs)
    for row in 0..<rows {
      let values = x[row * inputs..<(row + 1) * inputs]
      let xScale = values.reduce(0) { max($0, abs($1)) } / 127
      for output in 0..<outputs {
        let weights = w[output * inputs..<(output + 1) * inputs]
        let wScale = weights.reduce(0) { max($0, abs($1)) } / 127
        let bound =
          values.reduce(0) { $0 + abs($1) } * wScale / 2
          + weights.reduce(0) { $0 + abs($1) } * xScale / 2 + Float(inputs) * xScale * wScale / 4
        let difference = abs(exact[row * outputs + output] - rounded[row * outputs + output])
        #expect(difference <= bound)
      }
    }
    #expect(exact != rounded)
  }

  @Test func weightsOfBytesAreNotRoundedAgain() throws {
    let (outputs, inputs, rows) = (33, 40, 3)
    var builder = ParameterBuilder()
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let floats = randomValues(outputs * inputs, seed: 4)
    // Scales that rounding would not choose.
    guard
      case .int8(let bytes, let scales) = try #require(
        WeightValues(rounding: floats, rows: outputs, to: .int8))
    else { return }
    let halved = WeightValues.int8(bytes.map { $0 / 2 }, scales: scales.map { $0 * 1.5 })
    let stored = ModelWeights(builder.parameters, types: [.int8]) { _ in halved }
    let x = randomValues(rows * inputs, seed: 3)
    var y = [Float](repeating: 0, count: rows * outputs)
    PackedProducts(stored, compute: .int8).multiply(x, rows: rows, weight: weight, bias: nil, into: &y)
    var expected = y
    var packed = [UInt8](repeating: 0, count: int8_packed_size(INT8_PORTABLE, outputs, inputs))
    int8_pack(INT8_PORTABLE, &packed, bytes.map { $0 / 2 }, scales.map { $0 * 1.5 }, outputs, inputs)
    var scratch = [UInt8](repeating: 0, count: int8_scratch(rows, inputs))
    int8_product(INT8_PORTABLE, &expected, x, packed, nil, rows, outputs, inputs, &scratch)
    #expect(y == expected)
  }

  @Test func weightsThatAreNotFiniteAreComputedInFloat32() {
    let (outputs, inputs) = (5, 8)
    let parameters = RandomParameters([[outputs, inputs]])
    parameters.values.replace(at: 3, with: [.infinity])
    let x = randomValues(inputs, seed: 3)
    var (y, expected) = ([Float](repeating: 0, count: outputs), [Float](repeating: 0, count: outputs))
    PackedProducts(parameters.values, compute: .int8)
      .multiply(x, rows: 1, weight: parameters.handles[0], bias: nil, into: &y)
    PackedProducts(parameters.values).multiply(
      x, rows: 1, weight: parameters.handles[0], bias: nil, into: &expected)
    #expect(y == expected)
  }
}
