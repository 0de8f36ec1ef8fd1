private import CKernels

/// A matrix of bytes in the order in which products read them: a handle to memory that another object owns.
struct PackedBytes {
  private let memory: UnsafeRawPointer
  private let outputs, inputs: Int

  /// The number of bytes that such a matrix takes up.
  static func byteCount(outputs: Int, inputs: Int) -> Int { int8_packed_size(kernel, outputs, inputs) }

  /// Whether sums of so many products are exact.
  static func areExact(inputs: Int) -> Bool { inputs <= 65_536 }

  /// A matrix that has been packed before.
  init(_ memory: UnsafeRawPointer, outputs: Int, inputs: Int) {
    (self.memory, self.outputs, self.inputs) = (memory, outputs, inputs)
  }

  /// Packs a matrix.
  ///
  /// - Parameters:
  ///   - memory: room for ``byteCount(outputs:inputs:)`` bytes, aligned to a cache line.
  ///   - bytes: from -127 to 127, row by row.
  ///   - scales: one for each row.
  ///   - rows: which rows; nil for the first ones.
  ///   - outputs: how many rows.
  ///   - inputs: bytes of a row.
  init(
    packing memory: UnsafeMutableRawPointer, _ bytes: UnsafePointer<Int8>, scales: UnsafePointer<Float>,
    rows: [Int32]? = nil, outputs: Int, inputs: Int
  ) {
    if let rows {
      precondition(rows.count == outputs, "PackedBytes: \(rows.count) rows for \(outputs) outputs")
      int8_pack_rows(kernel, memory, bytes, scales, rows, outputs, inputs)
    } else {
      int8_pack(kernel, memory, bytes, scales, outputs, inputs)
    }
    self.init(UnsafeRawPointer(memory), outputs: outputs, inputs: inputs)
  }

  /// `y = x · weightᵀ + bias`, as ``PackedProducts/multiply(_:rows:weight:bias:into:)``.
  func multiply(
    _ x: UnsafePointer<Float>, rows: Int, bias: UnsafePointer<Float>?, into y: UnsafeMutablePointer<Float>
  ) {
    withScratch(rows: rows) {
      int8_product(kernel, y, x, memory, bias, rows, outputs, inputs, $0)
    }
  }

  /// The index of the greatest element of each row of `x · weightᵀ + bias`, as
  /// ``PackedProducts/greatestOutputs(_:rows:weight:bias:excluding:isScreened:)``.
  func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, bias: UnsafePointer<Float>?, excluding excluded: [UInt16]
  ) -> [Int32] {
    Array(unsafeUninitializedCapacity: rows) { best, count in
      withScratch(rows: rows) {
        int8_best(kernel, best.baseAddress, x, memory, bias, rows, outputs, inputs, excluded, $0)
      }
      count = rows
    }
  }

  private func withScratch(rows: Int, _ body: (UnsafeMutableRawPointer?) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: int8_scratch(rows, inputs), alignment: 64) {
      body($0.baseAddress)
    }
  }
}

private let kernel = int8_best_kernel()

/// The instructions that compute products of bytes on this processor.
package var byteKernelName: String {
  switch kernel {
  case INT8_AMX: "AMX-INT8"
  case INT8_AVX512_VNNI: "AVX512-VNNI"
  case INT8_AVX_VNNI: "AVX-VNNI"
  case INT8_AVX2: "AVX2"
  case INT8_NEON_DOT: "NEON dot product"
  case INT8_NEON: "NEON"
  default: "portable"
  }
}
