private import CKernels

/// The kernels that multiply matrices in this process, for logs and manifests.
public struct ProductKernels: Sendable, Equatable {
  /// The matrix library, its version and the kernels that it chose for this processor.
  public let library: String
  /// The instructions that multiply bfloat16 in training; nil if there are none.
  public let bfloat16: String?
  /// How training computes products of float32.
  public let float32: Float32Products
  /// The kernels that translation uses for products of float32: x86-64-v4, x86-64-v3 or portable.
  public let inference: String
  /// The instructions that multiply bytes in translation.
  public let int8: String

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
    inference = String(cString: kernels_version())
    int8 = byteKernelName
  }
}

extension ProductKernels: CustomStringConvertible {
  /// All kernels in one line.
  public var description: String {
    "\(library); bfloat16: \(bfloat16 ?? "none"); float32 in training: "
      + (float32 == .parts ? "three bfloat16 parts by AMX" : "by OpenBLAS")
      + ", in translation: \(inference); int8: \(int8)"
  }
}

/// Every kernel for matrix products on this machine, in one line.
public func matrixProductDescription() -> String { ProductKernels().description }
