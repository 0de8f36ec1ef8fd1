private import CKernels
private import COpenBLAS

/// A matrix in memory, or its transpose, as an operand of ``addProduct(_:_:to:accumulate:)``.
package struct Matrix {
  package let elements: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  /// Floats from one stored row to the next.
  package let stride: Int
  package let isTransposed: Bool

  package init(
    _ elements: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil,
    transposed: Bool = false
  ) {
    self.elements = elements
    (self.rows, self.columns) = (rows, columns)
    self.stride = stride ?? columns
    isTransposed = transposed
  }

  /// The transpose, in the same memory.
  package var transposed: Matrix {
    Matrix(elements, rows: columns, columns: rows, stride: stride, transposed: !isTransposed)
  }

  /// The rows `range` of a matrix that is not transposed.
  package func rows(_ range: Range<Int>) -> Matrix {
    precondition(
      !isTransposed && range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Matrix(elements + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
  }
}

/// `c += a · b` (with `accumulate` false: `c = a · b`), on the calling thread only.
///
/// The only caller of OpenBLAS. Worker threads run one product each, which is faster for the sizes of a
/// Transformer than one product on all threads.
///
/// - Complexity: 2 · rows · inner · columns FLOP.
package func addProduct(_ a: Matrix, _ b: Matrix, to c: Matrix, accumulate: Bool = true) {
  precondition(
    a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
    "addProduct: [\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] to [\(c.rows), \(c.columns)]")
  guard c.rows > 0, c.columns > 0 else { return }
  singleThreaded
  cblas_sgemm(
    CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
    Int32(c.rows), Int32(c.columns), Int32(a.columns), 1, a.elements, Int32(a.stride), b.elements,
    Int32(b.stride), accumulate ? 1 : 0, c.elements, Int32(c.stride))
}

/// Set before the first product: the library's own threads would compete with ours.
private let singleThreaded: Void = openblas_set_num_threads(1)

/// Ends the threads that the library starts when it is loaded: they spin on a processor before they go to sleep, for as
/// long as it takes to translate hundreds of sentences.
///
/// A program calls this before anything else, because it would take the threads away from other code that uses the
/// library at that moment.
package func endIdleMatrixThreads() {
  singleThreaded
  openblas_end_threads()
}

/// The library for matrix products, its version and the kernels it chose for this processor.
///
/// OpenBLAS obeys the environment variable `OPENBLAS_CORETYPE`. Kernels that are older than the processor can halve the
/// speed, so the text says if there are faster ones.
func matrixLibraryDescription() -> String {
  let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  let words = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
  let version = words.split(separator: " ").prefix(2).joined(separator: " ")
  let isWide = String(cString: kernels_version()) == "x86-64-v4"
  let hint =
    isWide && !coresWithWideVectors.contains(core.lowercased())
    ? " (this processor has AVX-512: unset OPENBLAS_CORETYPE for faster ones)" : ""
  return "\(version), \(core) kernels\(hint)"
}

/// Names of OpenBLAS kernels that use AVX-512.
private let coresWithWideVectors: Set<String> = ["skylakex", "cooperlake", "sapphirerapids"]
