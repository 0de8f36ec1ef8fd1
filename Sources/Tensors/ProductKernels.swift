/// The kernels that multiply matrices in this process, for logs and manifests.
public struct ProductKernels: Sendable, Equatable {
  /// The matrix library, its version and the kernels that it chose for this processor.
  public let library: String
  /// The instructions that multiply bfloat16 in training; nil if there are none.
  public let bfloat16: String?
  /// How training computes products of float32.
  public let float32: Float32Products

  /// The kernels of this machine.
  ///
  /// - Parameter float32: how training computes products of float32.
  public init(float32: Float32Products = .automatic) {
    library = matrixLibraryDescription()
    bfloat16 =
      switch ProductMethod.Kernel.fastest {
      case .tiles: "AMX"
      case .vectors: "AVX512-BF16"
      default: nil
      }
    self.float32 = float32
  }
}

extension ProductKernels: CustomStringConvertible {
  /// All kernels in one line.
  public var description: String {
    "\(library); bfloat16: \(bfloat16 ?? "none"); float32 in training: "
      + (float32 == .parts ? "three bfloat16 parts by AMX" : "by OpenBLAS")
  }
}

/// Every kernel for matrix products on this machine, in one line.
public func matrixProductDescription() -> String { ProductKernels().description }
