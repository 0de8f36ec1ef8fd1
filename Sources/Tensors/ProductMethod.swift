internal import CKernels

/// A kernel for products of bfloat16, and the number of bfloat16 that a factor is split into.
package struct ProductMethod: Sendable, Hashable {
  /// The kernels in C.
  package enum Kernel: Sendable, CaseIterable {
    /// AVX512-BF16, with one part.
    case vectors
    /// AMX.
    case tiles
    /// The code for AMX with tiles in C, on any processor; slow, for tests.
    case tilesInC
    /// The same where AVX512-BF16 rounds the factors, as with AMX.
    case tilesInCBesideVectors
  }

  /// Which kernel multiplies.
  package let kernel: Kernel
  /// 1, or 3 for the accuracy of float32.
  package let parts: Int

  /// A kernel with a number of parts.
  ///
  /// - Precondition: the kernel is supported, and can multiply so many parts.
  package init(_ kernel: Kernel, parts: Int) {
    precondition(
      kernel.isSupported && kernel.parts.contains(parts), "ProductMethod: \(kernel), \(parts) parts")
    (self.kernel, self.parts) = (kernel, parts)
  }

  /// The method for a precision on this machine; nil if the matrix library multiplies.
  ///
  /// - Precondition: the machine supports both settings; see their `problem`.
  package init?(_ precision: MatrixPrecision, float32: Float32Products) {
    switch (precision, float32) {
    case (.bfloat16, _):
      guard let fastest = Kernel.fastest else { preconditionFailure("ProductMethod: no bfloat16") }
      self.init(fastest, parts: 1)
    case (.float32, .parts): self.init(.tiles, parts: 3)
    case (.float32, .library): return nil
    }
  }

  /// All methods that this machine supports.
  package static var supported: [Self] {
    Kernel.allCases.filter(\.isSupported).flatMap { kernel in
      kernel.parts.map { ProductMethod(kernel, parts: $0) }
    }
  }

  /// The method in C.
  var inC: bfloat16_method { bfloat16_method(kernel: kernel.inC, parts: Int32(parts)) }
}

extension ProductMethod.Kernel {
  /// Whether the processor has the instructions, and the system permits them.
  package var isSupported: Bool { bfloat16_kernel_is_supported(inC) != 0 }

  /// The kernel for training in bfloat16; nil if there is none.
  package static var fastest: Self? { allCases.first { $0.inC == bfloat16_best_kernel() } }

  fileprivate var parts: [Int] { self == .vectors ? [1] : [1, 3] }

  fileprivate var inC: bfloat16_kernel {
    switch self {
    case .vectors: BFLOAT16_VECTORS
    case .tiles: BFLOAT16_TILES
    case .tilesInC: BFLOAT16_TILES_IN_C
    case .tilesInCBesideVectors: BFLOAT16_TILES_IN_C_BESIDE_VECTORS
    }
  }
}
