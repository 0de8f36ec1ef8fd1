internal import Tensors

/// What commands need to know of the products of matrices.
package enum MatrixKernels {
  /// The kernels in use, as `--version` prints them.
  package static var description: String { matrixProductDescription() }

  /// Ends threads of the matrix library that would only wait.
  package static func endIdleThreads() { endIdleMatrixThreads() }
}
