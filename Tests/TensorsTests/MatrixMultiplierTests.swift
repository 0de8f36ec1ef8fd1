import Tensors
import TestSupport
import Testing

@Suite struct MatrixMultiplierTests {
  /// Around the borders of tiles and vectors, and beyond those of blocks.
  static let shapes: [(rows: Int, columns: Int, inner: Int)] =
    [1, 2, 11, 12, 13, 31, 33].flatMap { rows in
      [1, 15, 16, 17, 32, 33, 70].flatMap { columns in
        [1, 2, 3, 31, 32, 33].map { (rows, columns, $0) }
      }
    } + [(245, 40, 7), (3, 1100, 2100), (250, 33, 2050), (2, 9712, 130)]

  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil))
  func bfloat16IsTheExactProductOfRoundedFactors() {
    let multiplier = MatrixMultiplier(.bfloat16)
    for (rows, columns, inner) in Self.shapes {
      for transpositions in 0..<4 {
        let case_ = ProductCase(
          rows, columns, inner, leftTransposed: transpositions & 1 > 0,
          rightTransposed: transpositions & 2 > 0)
        for accumulate in [true, false] {
          let deviation = case_.deviation(multiplier, accumulate: accumulate)
          #expect(
            deviation < 1e-5,
            "\(rows) x \(inner) x \(columns), transpositions \(transpositions), accumulate \(accumulate)")
        }
      }
    }
  }

  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil))
  func naNStaysNaN() {
    let multiplier = MatrixMultiplier(.bfloat16)
    let (left, right, target) = (FlatBuffer(count: 4), FlatBuffer(count: 4), FlatBuffer(count: 4))
    left.replace(at: 0, with: [.nan, 1, .infinity, 1])
    right.replace(at: 0, with: [1, 1, 1, 1])
    multiplier.addProduct(
      Matrix(left.elements, rows: 2, columns: 2), Matrix(right.elements, rows: 2, columns: 2),
      to: Matrix(target.elements, rows: 2, columns: 2))
    #expect(target.array[0].isNaN && target.array[2] == .infinity)
  }

  /// Weights that are rounded once give the same bits as weights rounded for each product, also after they have
  /// changed.
  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil), arguments: [(7, 40, 33), (250, 1100, 2100)])
  func weightsMayBeRoundedBefore(rows: Int, outputs: Int, inputs: Int) {
    var builder = ParameterBuilder()
    _ = builder.vector("before", 5, .constant(0))
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let parameters = FlatBuffer(count: builder.count)
    let rounded = RoundedWeights(parameters)
    let (x, dy) = (
      randomValues(rows * inputs, seed: 2), randomValues(rows * outputs, seed: 3)
    )
    for seed in UInt64(4)...5 {
      parameters.replace(at: 0, with: randomValues(parameters.count, seed: seed))
      for refresh in rounded.refreshes { refresh() }
      let results = [rounded, nil].map { weights in
        let multiplier = MatrixMultiplier(.bfloat16, weights: weights)
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

  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil))
  func theBiasIsAddedOnce() {
    let (rows, outputs, inputs) = (3, 37, 2100)
    var builder = ParameterBuilder()
    let weight = builder.matrix("weight", outputs, inputs, .constant(0))
    let (x, w) = (
      FlatBuffer(randomValues(rows * inputs, seed: 1)), FlatBuffer(randomValues(outputs * inputs, seed: 2))
    )
    let bias = FlatBuffer(randomValues(outputs, seed: 3))
    let results = [nil, bias].map { bias in
      let y = FlatBuffer(count: rows * outputs)
      MatrixMultiplier(.bfloat16).project(
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

  @Test func float32NeedsNothing() { #expect(MatrixPrecision.float32.problem == nil) }
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

  /// The greatest difference from sums in double precision, by the size of the summands.
  func deviation(_ multiplier: MatrixMultiplier, accumulate: Bool) -> Double {
    let found = product(multiplier, accumulate: accumulate)
    var worst = 0.0
    for row in 0..<rows {
      for column in 0..<columns + Self.margin {
        let index = row * (columns + Self.margin) + column
        var (sum, size) = (column >= columns || accumulate ? Double(before[index]) : 0, 1.0)
        if column < columns {
          for k in 0..<inner {
            let a = element(left, row, k, leftTransposed ? rows : inner, leftTransposed)
            let b = element(right, k, column, rightTransposed ? inner : columns, rightTransposed)
            sum += Double(roundedToBFloat16(a)) * Double(roundedToBFloat16(b))
            size += abs(Double(a) * Double(b))
          }
        }
        worst = max(worst, abs(Double(found[index]) - sum) / size)
      }
    }
    return worst
  }

  private func element(_ x: FlatBuffer, _ row: Int, _ column: Int, _ width: Int, _ transposed: Bool) -> Float
  {
    let stride = width + Self.margin
    return x.elements[transposed ? column * stride + row : row * stride + column]
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

extension FlatBuffer {
  fileprivate convenience init(_ values: [Float]) {
    self.init(count: values.count)
    replace(at: 0, with: values)
  }
}

/// To nearest, ties to even, by the bits.
private func roundedToBFloat16(_ x: Float) -> Float {
  let bits = x.bitPattern
  return Float(bitPattern: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) & 0xffff_0000)
}
