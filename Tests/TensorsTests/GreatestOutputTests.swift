import Tensors
import TestSupport
import Testing

/// The greatest output of a row, found by bounds if the processor allows it, compared with computing all outputs.
@Suite struct GreatestOutputTests {
  private func expectSame(
    _ weights: [Float], outputs: Int, _ x: [Float], bias: [Float]? = nil, excluding excluded: [Int] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [Int32] {
    let inputs = weights.count / outputs
    let parameters = RandomParameters([[outputs, inputs]])
    parameters.values.replace(at: 0, with: weights)
    let (packed, weight) = (PackedProducts(parameters.values), parameters.handles[0])
    let rows = x.count / inputs
    let bits = Array(repeating: excluded.reduce(UInt16(0)) { $0 | 1 << UInt16($1) }, count: rows)
    func best(_ bias: UnsafePointer<Float>?, isScreened: Bool) -> [Int32] {
      packed.greatestOutputs(
        x, rows: rows, weight: weight, bias: bias, excluding: bits, isScreened: isScreened)
    }
    func both(_ bias: UnsafePointer<Float>?) -> [Int32] {
      let found = best(bias, isScreened: true)
      #expect(found == best(bias, isScreened: false), sourceLocation: sourceLocation)
      return found
    }
    return bias?.withUnsafeBufferPointer { both($0.baseAddress) } ?? both(nil)
  }

  /// The definition, element by element.
  private func reference(
    _ weights: [Float], outputs: Int, _ x: [Float], bias: [Float]? = nil, excluding excluded: [Int]
  ) -> [Int32] {
    let inputs = weights.count / outputs
    return stride(from: 0, to: x.count, by: inputs).map { row in
      var best = (output: Int32(-1), value: -Double.infinity)
      for output in 0..<outputs where !excluded.contains(output) {
        var sum = Double(bias?[output] ?? 0)
        for input in 0..<inputs { sum += Double(x[row + input]) * Double(weights[output * inputs + input]) }
        if sum > best.value { best = (Int32(output), sum) }
      }
      return best.output
    }
  }

  @Test(arguments: [1, 3, 4, 7, 64, 130], [1, 15, 16, 17, 63, 64, 65, 500])
  func isTheGreatest(inputs: Int, outputs: Int) {
    let weights = randomValues(outputs * inputs, seed: 1)
    for rows in [1, 2, 5, 6, 7, 29, 30, 31, 61] {
      let x = randomValues(rows * inputs, seed: UInt64(rows))
      let excluded = outputs > 15 ? [0, 5, 15] : []
      let found = expectSame(weights, outputs: outputs, x, excluding: excluded)
      #expect(found == reference(weights, outputs: outputs, x, excluding: excluded))
      let bias = randomValues(outputs, seed: 9, deviation: Float(inputs).squareRoot())
      let moved = expectSame(weights, outputs: outputs, x, bias: bias, excluding: excluded)
      #expect(moved == reference(weights, outputs: outputs, x, bias: bias, excluding: excluded))
    }
  }

  @Test func equalsAndNeighborsAreDecidedAsWithoutBounds() {
    // Many outputs that differ only in the last bits, and some that are equal.
    let (outputs, inputs) = (300, 32)
    let first = randomValues(inputs, seed: 1)
    let noise = randomValues(outputs * inputs, seed: 2)
    var weights: [Float] = []
    for output in 0..<outputs {
      for input in 0..<inputs {
        let change = output % 3 == 0 ? 0 : noise[output * inputs + input] * 1e-7
        weights.append(first[input] * (1 + change))
      }
    }
    let found = expectSame(weights, outputs: outputs, randomValues(40 * inputs, seed: 3))
    #expect(Set(found).count > 2)
    // All are equal: the first, and with that excluded the next.
    let equal = [Float](repeating: 0.5, count: outputs * inputs)
    let x = randomValues(3 * inputs, seed: 4)
    #expect(expectSame(equal, outputs: outputs, x) == [0, 0, 0])
    #expect(expectSame(equal, outputs: outputs, x, excluding: [1, 0]) == [2, 2, 2])
    // A row of zeros has equal outputs too.
    #expect(expectSame(weights, outputs: outputs, [Float](repeating: 0, count: inputs)) == [0])
  }

  @Test(arguments: [1e-30, 1e-6, 1, 1e6, 1e14, 1e18] as [Float])
  func magnitudesOfAllKinds(scale: Float) {
    let (outputs, inputs) = (200, 24)
    // Elements over six orders of magnitude, so that rounding to bytes has large errors.
    let spread = randomValues(outputs * inputs, seed: 1).map { $0 * $0 * $0 * scale }
    let x = randomValues(50 * inputs, seed: 2).map { $0 * $0 * $0 }
    let found = expectSame(spread, outputs: outputs, x)
    #expect(Set(found).count > 5)
    _ = expectSame(randomValues(outputs * inputs, seed: 3), outputs: outputs, x.map { $0 * scale })
  }

  @Test func naNIsNeverTheGreatest() {
    let (outputs, inputs) = (100, 8)
    var weights = randomValues(outputs * inputs, seed: 1)
    var x = randomValues(4 * inputs, seed: 2)
    x[inputs] = .nan
    x[2 * inputs] = .infinity
    x[3 * inputs + 1] = 3e38
    let found = expectSame(weights, outputs: outputs, x)
    #expect(found[0] >= 0 && found[1] == -1 && found[2] == -1)
    #expect(
      expectSame(Array(weights[..<(3 * inputs)]), outputs: 3, x, excluding: [0, 1, 2]) == [-1, -1, -1, -1])
    // NaN weights are ignored if others are finite.
    weights[7 * inputs] = .nan
    #expect(expectSame(weights, outputs: outputs, Array(x[..<inputs]))[0] >= 0)
    weights = weights.map { _ in .nan }
    #expect(expectSame(weights, outputs: outputs, Array(x[..<inputs])) == [-1])
  }

  /// Such a bias has no bounds; what is not finite is never the greatest, or else there is no answer.
  @Test func biasesOfAllKinds() {
    let (outputs, inputs) = (70, 12)
    let weights = randomValues(outputs * inputs, seed: 1)
    let x = randomValues(20 * inputs, seed: 2)
    let plain = expectSame(weights, outputs: outputs, x)
    var bias = [Float](repeating: 0, count: outputs)
    #expect(expectSame(weights, outputs: outputs, x, bias: bias) == plain)
    for value in [-.infinity, .nan, -3e38, -1e9] as [Float] {
      bias[Int(plain[0])] = value
      #expect(!expectSame(weights, outputs: outputs, x, bias: bias).contains(plain[0]))
    }
    for value in [1e9, 1e14, 3e38] as [Float] {
      bias[5] = value
      #expect(expectSame(weights, outputs: outputs, x, bias: bias).allSatisfy { $0 == 5 })
      #expect(!expectSame(weights, outputs: outputs, x, bias: bias, excluding: [5]).contains(5))
    }
    bias[6] = .infinity
    #expect(expectSame(weights, outputs: outputs, x, bias: bias).allSatisfy { $0 == -1 })
    // Few values: equal outputs, whose bias decides.
    let equal = [Float](repeating: 0.5, count: outputs * inputs)
    let steps = (0..<outputs).map { Float($0 / 10 % 3) }
    #expect(expectSame(equal, outputs: outputs, x, bias: steps).allSatisfy { $0 == 20 })
  }

  @Test func randomShapes() {
    var random = RandomSource(77)
    for seed in 0..<200 as Range<UInt64> {
      let outputs = 1 + Int(random.next() % 400)
      let inputs = 1 + Int(random.next() % 100)
      let rows = 1 + Int(random.next() % 40)
      let few = Float(1 + random.next() % 8)
      // Few values make many equal outputs.
      let weights = randomValues(outputs * inputs, seed: seed).map { ($0 * few).rounded() / few }
      let excluded = (0..<random.next() % 4).map { _ in Int(random.next() % UInt64(min(outputs, 16))) }
      let bias = randomValues(outputs, seed: seed + 5).map { ($0 * few).rounded() / few }
      let x = randomValues(rows * inputs, seed: seed + 999)
      for bias in [nil, bias] {
        _ = expectSame(weights, outputs: outputs, x, bias: bias, excluding: excluded)
      }
    }
  }

  @Test func eachRowHasExclusionsOfItsOwn() {
    let (outputs, inputs) = (40, 16)
    let parameters = RandomParameters([[outputs, inputs]])
    let packed = PackedProducts(parameters.values)
    let row = randomValues(inputs, seed: 5)
    let x = Array((0..<20).map { _ in row }.joined())
    // Each row excludes one more output.
    let bits = (0..<20).map { $0 > 15 ? UInt16.max : 1 << UInt16($0) - 1 }
    let found = packed.greatestOutputs(x, rows: 20, weight: parameters.handles[0], excluding: bits)
    for (index, output) in found.enumerated() {
      let alone = packed.greatestOutputs(
        row, rows: 1, weight: parameters.handles[0], excluding: [bits[index]], isScreened: false)
      #expect(alone == [output])
      #expect(output >= min(index, 16))
    }
  }
}
