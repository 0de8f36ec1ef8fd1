import Tensors
import TestSupport
import Testing

/// float32 as the sum of three bfloat16.
@Suite struct ThreePartProductTests {
  private let method =
    ProductMethod.supported.last { $0.parts == 3 } ?? ProductMethod(.tilesInC, parts: 3)

  /// Inner sides of products of the presets: sizes, inner sizes, tokens of a piece, a vocabulary.
  @Test(arguments: [16, 100, 128, 256, 512, 1000, 1024, 2048, 4096, 9712], [false, true])
  func errorsAreNoLargerThanTheLibrarys(inner: Int, isSpread: Bool) {
    let (rows, columns) = (32, 48)
    let (a, b) = (
      numbers(rows * inner, seed: 1, isSpread: isSpread),
      numbers(inner * columns, seed: 2, isSpread: isSpread)
    )
    let buffers = [FlatBuffer(a), FlatBuffer(b), FlatBuffer(count: rows * columns)]
    let results = [MatrixMultiplier(method), MatrixMultiplier(.float32)].map { multiplier in
      multiplier.addProduct(
        Matrix(buffers[0].elements, rows: rows, columns: inner),
        Matrix(buffers[1].elements, rows: inner, columns: columns),
        to: Matrix(buffers[2].elements, rows: rows, columns: columns), accumulate: false)
      return buffers[2].array
    }
    var (worst, squares) = ([0.0, 0.0], [0.0, 0.0])
    for row in 0..<rows {
      for column in 0..<columns {
        var (sum, size) = (0.0, 0.0)
        for k in 0..<inner {
          let product = Double(a[row * inner + k]) * Double(b[k * columns + column])
          sum += product
          size += abs(product)
        }
        for index in 0..<2 {
          let error = abs(Double(results[index][row * columns + column]) - sum) / size
          worst[index] = max(worst[index], error)
          squares[index] += error * error
        }
      }
    }
    #expect(worst[0] <= 2 * worst[1], "\(worst)")
    #expect(squares[0] <= 4 * squares[1], "\(squares.map { $0.squareRoot() })")
  }

  /// Down to 2⁻¹²⁶ in absolute terms; parts below that are lost.
  @Test func smallNumbersKeepTheirAbsoluteAccuracy() {
    for exponent in stride(from: -126, through: -90, by: 3) {
      let x = Float(sign: .plus, exponent: exponent, significand: 1.234567)
      #expect(abs(Double(product(x, 1)) - Double(x)) <= 0x1p-126 + Double(x) * 0x1p-23, "2^\(exponent)")
    }
    #expect(product(0x1p-130, 1) == 0)
  }

  @Test func whatIsNotFiniteDoesNotBecomeANumber() {
    for x in [Float.infinity, -.infinity, .nan, .greatestFiniteMagnitude, 0x1.ffp127] {
      #expect(!product(x, 1).isFinite && !product(1, x).isFinite, "\(x)")
    }
    #expect(product(0x1.fep127, 1) == 0x1.fep127)
    #expect(!product(0x1p100, 0x1p100).isFinite)
  }

  /// A product of one pair beside zeros.
  private func product(_ a: Float, _ b: Float) -> Float {
    let buffers = [FlatBuffer([0, a, 0]), FlatBuffer([0, b, 0]), FlatBuffer(count: 1)]
    MatrixMultiplier(method).addProduct(
      Matrix(buffers[0].elements, rows: 1, columns: 3), Matrix(buffers[1].elements, rows: 3, columns: 1),
      to: Matrix(buffers[2].elements, rows: 1, columns: 1))
    return buffers[2].array[0]
  }

  /// Normal numbers with all their bits; spread: over twelve powers of ten.
  private func numbers(_ count: Int, seed: UInt64, isSpread: Bool) -> [Float] {
    var random = RandomSource(seed)
    return (0..<count).map { _ in
      let number = random.normal()
      guard isSpread else { return number }
      return Float(sign: .plus, exponent: Int(random.uniform() * 40) - 20, significand: 1) * number
    }
  }
}
