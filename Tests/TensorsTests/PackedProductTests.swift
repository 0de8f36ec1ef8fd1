import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct PackedProductTests {
  static let sizes = [1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 64, 65]

  private func product(_ x: [Float], _ w: [Float], bias: [Float]?, rows: Int, outer: Int, inner: Int)
    -> [Float]
  {
    var packed = [Float](repeating: .nan, count: product_packed_size(outer, inner))
    product_pack(&packed, w, outer, inner)
    // One more than the result: nothing may be written there.
    var y = [Float](repeating: .nan, count: rows * outer) + [42]
    product_packed(&y, x, packed, bias, rows, outer, inner)
    #expect(y.removeLast() == 42)
    return y
  }

  @Test(arguments: sizes, sizes)
  func agreesWithReferenceAndLibrary(outer: Int, inner: Int) {
    let (w, bias) = (randomValues(outer * inner, seed: 2), randomValues(outer, seed: 3))
    for rows in Self.sizes {
      let x = randomValues(rows * inner, seed: 1)
      let expected = Reference.affine(
        Grid([rows, inner], x), Grid([outer, inner], w), Grid([outer], bias))
      let y = product(x, w, bias: bias, rows: rows, outer: outer, inner: inner)
      #expect(Deviation(y, from: expected.floats, floor: 0.1).worst < 1e-5)
      let plain = product(x, w, bias: nil, rows: rows, outer: outer, inner: inner)
      #expect(Deviation(plain, from: library(x, w, rows, outer, inner), floor: 0.1).worst < 1e-5)
    }
  }

  /// A fused matrix and its first rows begin at the same place.
  @Test func partsOfAMatrixArePackedForThemselves() {
    let (inner, outer, rows) = (24, 40, 3)
    let weights = FlatBuffer(count: outer * inner)
    let w = randomValues(outer * inner, seed: 2)
    weights.replace(at: 0, with: w)
    let x = randomValues(rows * inner, seed: 1)
    var builder = ParameterBuilder()
    let whole = builder.matrix("whole", outer, inner, .constant(0))
    for parts in [[0..<outer, 0..<16, 16..<outer, 0..<outer], [0..<16, 0..<8, 0..<outer, 0..<16]] {
      let products = PackedProducts(weights)
      for part in parts {
        var y = [Float](repeating: .nan, count: rows * part.count)
        products.multiply(x, rows: rows, weight: whole.rows(part), bias: nil, into: &y)
        let expected = product(
          x, Array(w[part.lowerBound * inner..<part.upperBound * inner]), bias: nil, rows: rows,
          outer: part.count,
          inner: inner)
        #expect(y == expected, "rows \(part)")
      }
    }
  }

  private func library(_ x: [Float], _ w: [Float], _ rows: Int, _ outer: Int, _ inner: Int) -> [Float] {
    let buffers = [x, w, [Float](repeating: 0, count: rows * outer)].map { values in
      let buffer = FlatBuffer(count: values.count)
      buffer.replace(at: 0, with: values)
      return buffer
    }
    addProduct(
      Matrix(buffers[0].elements, rows: rows, columns: inner),
      Matrix(buffers[1].elements, rows: outer, columns: inner).transposed,
      to: Matrix(buffers[2].elements, rows: rows, columns: outer), accumulate: false)
    return buffers[2].array
  }

  @Test(arguments: [1, 17, 128, 513], [1, 16, 33, 500])
  func aRowIsTheSameBitsWhateverStandsBesideIt(inner: Int, outer: Int) {
    let (w, bias) = (randomValues(outer * inner, seed: 2), randomValues(outer, seed: 3))
    let x = randomValues(64 * inner, seed: 1)
    let all = product(x, w, bias: bias, rows: 64, outer: outer, inner: inner)
    for rows in [1, 2, 3, 4, 5, 7, 8, 11, 63] {
      for first in stride(from: 0, through: 64 - rows, by: rows) {
        let some = product(
          Array(x[first * inner..<(first + rows) * inner]), w, bias: bias, rows: rows, outer: outer,
          inner: inner)
        #expect(some == Array(all[first * outer..<(first + rows) * outer]), "rows \(first)..<\(first + rows)")
      }
    }
  }

  @Test func weightsArePackedOncePerParameter() {
    let parameters = RandomParameters([[5, 7], [9, 7]])
    let packed = PackedProducts(parameters.values)
    let x = randomValues(3 * 7, seed: 4)
    for index in [0, 1, 0, 1] {
      let weight = parameters.handles[index]
      var y = [Float](repeating: 0, count: 3 * weight.shape.rows)
      packed.multiply(x, rows: 3, weight: weight, bias: nil, into: &y)
      let expected = Reference.affine(Grid([3, 7], x), parameters.grid(index))
      #expect(Deviation(y, from: expected.floats).worst < 1e-5)
    }
  }
}
