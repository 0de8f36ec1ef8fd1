import Tensors
import TestSupport
import Testing

@Suite struct MatrixMultiplierTests {
  /// Around the borders of tiles and vectors, and beyond those of blocks.
  static let shapes: [(rows: Int, columns: Int, inner: Int)] =
    [1, 2, 11, 12, 13, 15, 16, 17, 31, 32, 33, 100].flatMap { rows in
      [1, 15, 16, 17, 32, 33, 100].flatMap { columns in
        [1, 2, 3, 15, 31, 32, 33, 100].map { (rows, columns, $0) }
      }
    } + [(245, 40, 7), (3, 1100, 2100), (250, 33, 2050), (2, 9712, 130), (530, 20, 70), (35, 70, 1040)]

  @Test(arguments: 0..<4)
  func productsAreExactBeforeTheirSums(transpositions: Int) {
    let methods = ProductMethod.supported.map { ($0, MatrixMultiplier($0)) }
    for (rows, columns, inner) in Self.shapes {
      let item = ProductCase(
        rows, columns, inner, leftTransposed: transpositions & 1 > 0,
        rightTransposed: transpositions & 2 > 0)
      let (rounded, exact) = (item.sums(roundedToBFloat16), item.sums { $0 })
      for (method, multiplier) in methods {
        for accumulate in [true, false] {
          let deviation = item.deviation(
            multiplier, from: method.parts == 1 ? rounded : exact, accumulate: accumulate)
          #expect(
            deviation < (method.parts == 1 ? 1e-5 : 1e-6),
            "\(method), \(rows) x \(inner) x \(columns), accumulate \(accumulate)")
        }
      }
    }
  }

  /// Where there are tiles, this compares the processor with the manual.
  @Test(arguments: [1, 3])
  func allTilesGiveTheSameBits(parts: Int) {
    let methods = ProductMethod.supported.filter { $0.kernel != .vectors && $0.parts == parts }
    for (rows, columns, inner) in [(1, 1, 1), (17, 33, 31), (40, 50, 100), (100, 70, 300), (3, 20, 1100)] {
      for transpositions in 0..<4 {
        let item = ProductCase(
          rows, columns, inner, leftTransposed: transpositions & 1 > 0,
          rightTransposed: transpositions & 2 > 0)
        let results = methods.map { item.product(MatrixMultiplier($0), accumulate: true).map(\.bitPattern) }
        for (method, result) in zip(methods, results) { #expect(result == results[0], "\(method)") }
      }
    }
  }

  /// As Intel's manual defines it: sums of even and of odd elements, each rounded like a fused multiply-add, then their
  /// sum; denormal numbers are zero.
  @Test(arguments: ProductMethod.supported.filter { $0.kernel != .vectors && $0.parts == 1 })
  func tilesRoundAsTheManualSays(method: ProductMethod) {
    let cases: [(left: [Float], right: [Float], sum: Float)] = [
      ([16_777_216, 1, 1, 1], [1, 1, 1, 1], 16_777_218),
      ([16_777_216, 0, 1, 0, 1, 0], [1, 1, 1, 1, 1, 1], 16_777_216),
      // A product beyond the range, brought back before it is rounded.
      ([-0x1p127, 0, 0x1p64, 0], [1, 0, 0x1p64, 0], 0x1p127),
      ([0x1p-100], [0x1p-30], 0), ([0x1p-130], [0x1p30], 0), ([0x1p-63], [0x1p-63], 0x1p-126),
    ]
    for (left, right, sum) in cases {
      let buffers = [FlatBuffer(left), FlatBuffer(right), FlatBuffer(count: 1)]
      MatrixMultiplier(method).addProduct(
        Matrix(buffers[0].elements, rows: 1, columns: left.count),
        Matrix(buffers[1].elements, rows: right.count, columns: 1),
        to: Matrix(buffers[2].elements, rows: 1, columns: 1), accumulate: false)
      #expect(buffers[2].array == [sum], "\(left) by \(right)")
    }
  }

  @Test(arguments: ProductMethod.supported)
  func naNStaysNaN(method: ProductMethod) {
    let multiplier = MatrixMultiplier(method)
    let (left, right, target) = (FlatBuffer(count: 4), FlatBuffer(count: 4), FlatBuffer(count: 4))
    left.replace(at: 0, with: [.nan, 1, .infinity, 1])
    right.replace(at: 0, with: [1, 1, 1, 1])
    multiplier.addProduct(
      Matrix(left.elements, rows: 2, columns: 2), Matrix(right.elements, rows: 2, columns: 2),
      to: Matrix(target.elements, rows: 2, columns: 2))
    #expect(target.array[0].isNaN && target.array[1].isNaN)
    // The parts of an infinity are an infinity and NaN.
    #expect(method.parts == 1 ? target.array[2] == .infinity : !target.array[2].isFinite)
  }

  /// Weights that are rounded once give the same bits as weights rounded for each product, also after they have
  /// changed.
  @Test(arguments: ProductMethod.supported, [(7, 40, 33), (35, 1100, 2100)])
  func weightsMayBeRoundedBefore(method: ProductMethod, sizes: (rows: Int, outputs: Int, inputs: Int)) {
    let (rows, outputs, inputs) = sizes
    var builder = ParameterBuilder()
    _ = builder.vector("before", 5, .constant(0))
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let parameters = FlatBuffer(count: builder.count)
    let rounded = RoundedWeights(parameters, method)
    let (x, dy) = (
      randomValues(rows * inputs, seed: 2), randomValues(rows * outputs, seed: 3)
    )
    for seed in UInt64(4)...5 {
      parameters.replace(at: 0, with: randomValues(parameters.count, seed: seed))
      for refresh in rounded.refreshes { refresh() }
      let results = [rounded, nil].map { weights in
        let multiplier = MatrixMultiplier(method, weights: weights)
        let matrix = Matrix(parameters.elements + weight.offset, rows: outputs, columns: inputs)
        let (input, slope, y, dx) = (
          FlatBuffer(x), FlatBuffer(dy), FlatBuffer(count: rows * outputs), FlatBuffer(x)
        )
        multiplier.project(
          Matrix(input.elements, rows: rows, columns: inputs), weight: weight, matrix,
          bias: parameters.elements, to: Matrix(y.elements, rows: rows, columns: outputs))
        multiplier.addProduct(
          Matrix(slope.elements, rows: rows, columns: outputs), weight: weight, matrix,
          to: Matrix(dx.elements, rows: rows, columns: inputs))
        return y.array + dx.array
      }
      #expect(results[0] == results[1])
    }
  }

  @Test(arguments: ProductMethod.supported, [3, 33])
  func theBiasIsAddedOnce(method: ProductMethod, rows: Int) {
    let (outputs, inputs) = (69, 2100)
    var builder = ParameterBuilder()
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let (x, w) = (
      FlatBuffer(randomValues(rows * inputs, seed: 1)), FlatBuffer(randomValues(outputs * inputs, seed: 2))
    )
    let bias = FlatBuffer(randomValues(outputs, seed: 3))
    let results = [nil, bias].map { bias in
      let y = FlatBuffer(count: rows * outputs)
      MatrixMultiplier(method).project(
        Matrix(x.elements, rows: rows, columns: inputs), weight: weight,
        Matrix(w.elements, rows: outputs, columns: inputs), bias: bias?.elements,
        to: Matrix(y.elements, rows: rows, columns: outputs))
      return y.array
    }
    let expected = results[0].enumerated().map { $1 + bias.array[$0 % outputs] }
    #expect(Deviation(results[1], from: expected).worst < 1e-5)
  }

  @Test func float32IsTheMatrixLibrarys() {
    let case_ = ProductCase(5, 7, 3, leftTransposed: false, rightTransposed: true)
    #expect(case_.product(MatrixMultiplier(.float32), accumulate: true) == case_.libraryProduct)
  }

  /// A side below 16 would be mostly padding.
  @Test func theLibraryComputesSmallProducts() {
    let method = ProductMethod(.tilesInC, parts: 3)
    for (rows, columns, inner) in [(15, 40, 40), (40, 15, 40), (40, 40, 15), (40, 40, 40)] {
      let item = ProductCase(rows, columns, inner, leftTransposed: false, rightTransposed: true)
      let found = item.product(MatrixMultiplier(method, smallestSide: 16), accumulate: true)
      #expect((found == item.libraryProduct) == (min(rows, columns, inner) < 16))
    }
  }

  @Test func float32NeedsNothing() {
    #expect(MatrixPrecision.float32.problem == nil && Float32Products.library.problem == nil)
    #expect(Float32Products.automatic.problem == nil)
  }
}

/// Two random factors inside wider rows, and a target between numbers that must not change.
private struct ProductCase {
  let rows, columns, inner: Int
  let leftTransposed, rightTransposed: Bool
  let left, right: FlatBuffer
  let before: [Float]
  private static let margin = 3

  init(_ rows: Int, _ columns: Int, _ inner: Int, leftTransposed: Bool, rightTransposed: Bool) {
    (self.rows, self.columns, self.inner) = (rows, columns, inner)
    (self.leftTransposed, self.rightTransposed) = (leftTransposed, rightTransposed)
    left = Self.buffer(leftTransposed ? inner : rows, leftTransposed ? rows : inner, seed: 1)
    right = Self.buffer(rightTransposed ? columns : inner, rightTransposed ? inner : columns, seed: 2)
    before = randomValues(rows * (columns + Self.margin), seed: 3)
  }

  /// The target after the product, margins included.
  func product(_ multiplier: MatrixMultiplier, accumulate: Bool) -> [Float] {
    let target = FlatBuffer(count: before.count)
    target.replace(at: 0, with: before)
    multiplier.addProduct(
      operand(left, rows, inner, leftTransposed), operand(right, inner, columns, rightTransposed),
      to: Matrix(target.elements, rows: rows, columns: columns, stride: columns + Self.margin),
      accumulate: accumulate)
    return target.array
  }

  var libraryProduct: [Float] {
    let target = FlatBuffer(count: before.count)
    target.replace(at: 0, with: before)
    addProduct(
      operand(left, rows, inner, leftTransposed), operand(right, inner, columns, rightTransposed),
      to: Matrix(target.elements, rows: rows, columns: columns, stride: columns + Self.margin))
    return target.array
  }

  /// The sums of products of factors in double precision, and the sizes of their summands.
  func sums(_ rounding: (Float) -> Float) -> [(sum: Double, size: Double)] {
    let a = values(left, rows, leftTransposed, rounding)
    let b = values(right, columns, !rightTransposed, rounding)
    return a.flatMap { row in
      b.map { column in
        var (sum, size) = (0.0, 1.0)
        for k in 0..<inner {
          let product = row[k] * column[k]
          sum += product
          size += abs(product)
        }
        return (sum, size)
      }
    }
  }

  /// The greatest difference from such sums, by the size of the summands; infinite if margins have changed.
  func deviation(
    _ multiplier: MatrixMultiplier, from sums: [(sum: Double, size: Double)], accumulate: Bool
  ) -> Double {
    let (found, stride) = (product(multiplier, accumulate: accumulate), columns + Self.margin)
    var worst = 0.0
    for row in 0..<rows {
      for column in 0..<stride {
        let (index, before) = (row * stride + column, before[row * stride + column])
        guard column < columns else {
          if found[index] != before { return .infinity }
          continue
        }
        let expected = sums[row * columns + column]
        let difference = abs(Double(found[index]) - expected.sum - (accumulate ? Double(before) : 0))
        // Not `max`, which could ignore NaN.
        if !(difference / expected.size <= worst) { worst = difference / expected.size }
      }
    }
    return worst.isNaN ? .infinity : worst
  }

  /// The inner side of each of `lines` rows of a or columns of b, which may be stored across it.
  private func values(
    _ x: FlatBuffer, _ lines: Int, _ isAcross: Bool, _ rounding: (Float) -> Float
  ) -> [[Double]] {
    let (all, stride) = (x.array, (isAcross ? lines : inner) + Self.margin)
    return (0..<lines).map { line in
      (0..<inner).map { Double(rounding(all[isAcross ? $0 * stride + line : line * stride + $0])) }
    }
  }

  private func operand(_ x: FlatBuffer, _ rows: Int, _ columns: Int, _ transposed: Bool) -> Matrix {
    let matrix = Matrix(
      x.elements, rows: transposed ? columns : rows, columns: transposed ? rows : columns,
      stride: (transposed ? rows : columns) + Self.margin)
    return transposed ? matrix.transposed : matrix
  }

  private static func buffer(_ rows: Int, _ columns: Int, seed: UInt64) -> FlatBuffer {
    let buffer = FlatBuffer(count: rows * (columns + margin))
    buffer.replace(at: 0, with: randomValues(buffer.count, seed: seed))
    return buffer
  }
}

/// To nearest, ties to even, by the bits.
private func roundedToBFloat16(_ x: Float) -> Float {
  let bits = x.bitPattern
  return Float(bitPattern: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) & 0xffff_0000)
}
