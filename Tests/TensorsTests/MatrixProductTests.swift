import Tensors
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  static let sizes = [1, 2, 3, 17, 33]

  @Test(arguments: sizes, sizes)
  func everyTranspositionAgreesWithReference(rows: Int, columns: Int) {
    for inner in Self.sizes {
      for (leftTransposed, rightTransposed) in [(false, false), (true, false), (false, true), (true, true)] {
        let left = buffer(rows * inner, seed: 1)
        let right = buffer(inner * columns, seed: 2)
        let target = buffer(rows * columns, seed: 3)
        let (a, b) = (
          operand(left, rows, inner, transposed: leftTransposed),
          operand(right, inner, columns, transposed: rightTransposed)
        )
        let product = Reference.product(
          grid(left, rows, inner, transposed: leftTransposed),
          grid(right, inner, columns, transposed: rightTransposed))
        let c = Matrix(target.elements, rows: rows, columns: columns)
        let sum = Reference.sum(product, Grid([rows, columns], target.array))
        addProduct(a, b, to: c)
        #expect(Deviation(target.array, from: sum.floats, floor: 0.1).worst < 1e-5)
        addProduct(a, b, to: c, accumulate: false)
        #expect(Deviation(target.array, from: product.floats, floor: 0.1).worst < 1e-5)
      }
    }
  }

  @Test func rowsOfAMatrixAreAMatrix() {
    let (left, right, target) = (buffer(5 * 3, seed: 1), buffer(3 * 4, seed: 2), FlatBuffer(count: 20))
    addProduct(
      Matrix(left.elements, rows: 5, columns: 3).rows(2..<4), Matrix(right.elements, rows: 3, columns: 4),
      to: Matrix(target.elements, rows: 5, columns: 4).rows(1..<3))
    let product = Reference.product(
      Grid([5, 3], left.array).rows(2..<4), Grid([3, 4], right.array))
    let zeros = [Float](repeating: 0, count: 8)
    #expect(target.array(0..<4) == Array(zeros[..<4]) && target.array(12..<20) == zeros)
    #expect(Deviation(target.array(4..<12), from: product.floats).worst < 1e-6)
  }

  @Test func nothingIsDoneForNoRows() {
    let buffer = buffer(4, seed: 1)
    let before = buffer.array
    let empty = Matrix(buffer.elements, rows: 0, columns: 2)
    addProduct(empty, Matrix(buffer.elements, rows: 2, columns: 2), to: empty)
    #expect(buffer.array == before)
  }

  /// The size is one for which the library would use several threads if it had them; ending threads twice is allowed.
  @Test func productsWorkWithoutTheLibrarysThreads() {
    endIdleMatrixThreads()
    let size = 192
    let (left, right, target) = (
      buffer(size * size, seed: 1), buffer(size * size, seed: 2), FlatBuffer(count: size * size)
    )
    let matrices = [left, right, target].map { Matrix($0.elements, rows: size, columns: size) }
    addProduct(matrices[0], matrices[1], to: matrices[2])
    endIdleMatrixThreads()
    addProduct(matrices[0], matrices[1], to: matrices[2], accumulate: false)
    let product = Reference.product(Grid([size, size], left.array), Grid([size, size], right.array))
    #expect(Deviation(target.array, from: product.floats, floor: 0.1).worst < 1e-5)
  }

  @Test func theLibraryReportsItsNameAndKernels() {
    #expect(matrixProductDescription().hasPrefix("OpenBLAS "))
    #expect(matrixProductDescription().contains(" kernels"))
  }

  private func buffer(_ count: Int, seed: UInt64) -> FlatBuffer {
    let buffer = FlatBuffer(count: count)
    buffer.replace(at: 0, with: randomValues(count, seed: seed))
    return buffer
  }

  private func operand(_ buffer: FlatBuffer, _ rows: Int, _ columns: Int, transposed: Bool) -> Matrix {
    transposed
      ? Matrix(buffer.elements, rows: columns, columns: rows).transposed
      : Matrix(buffer.elements, rows: rows, columns: columns)
  }

  private func grid(_ buffer: FlatBuffer, _ rows: Int, _ columns: Int, transposed: Bool) -> Grid {
    guard transposed else { return Grid([rows, columns], buffer.array) }
    let stored = Grid([columns, rows], buffer.array)
    return Grid(rows, columns) { stored[$1, $0] }
  }
}
