private import Synchronization

/// Weights of bytes in the order in which products read them, each prepared on its first use.
///
/// Weights that are stored as int8 are used as they are; others are rounded, see ``WeightValues``.
final class ByteProducts: Sendable {
  /// What was prepared of a weight; nil if it cannot be rounded to bytes.
  ///
  /// - Safety: `@unchecked Sendable`: the memory is written before it is published under the lock, never afterwards.
  private struct Prepared: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer?
  }

  private let weights: ModelWeights
  private let packed = Mutex(ParameterTable<Prepared>())
  /// Scales and bytes, row by row, of weights that are stored in another type and of which rows are listed.
  private let rounded = Mutex(ParameterTable<Prepared>())

  init(_ weights: ModelWeights) { self.weights = weights }

  deinit {
    for table in [packed.withLock { $0.values }, rounded.withLock { $0.values }] {
      for item in table { item.memory?.deallocate() }
    }
  }

  /// A packed weight; nil if it is not finite or too wide for exact sums.
  func matrix(_ weight: Parameter) -> PackedBytes? {
    let item = packed.withLock { known -> Prepared in
      if let item = known[weight] { return item }
      let item = Prepared(memory: pack(weight))
      weights.releasePages(of: weight)
      known[weight] = item
      return item
    }
    return item.memory.map {
      PackedBytes($0, outputs: weight.shape.rows, inputs: weight.shape.columns)
    }
  }

  /// Packs some rows of a weight into memory that `allocate` returns for a number of floats; nil if the weight is not
  /// finite or too wide for exact sums.
  func matrix(
    _ weight: Parameter, rows: [Int32], allocate: (Int) -> UnsafeMutablePointer<Float>
  ) -> PackedBytes? {
    let inputs = weight.shape.columns
    guard PackedBytes.areExact(inputs: inputs) else { return nil }
    func pack(_ bytes: UnsafePointer<Int8>, _ scales: UnsafePointer<Float>) -> PackedBytes {
      let size = PackedBytes.byteCount(outputs: rows.count, inputs: inputs)
      return PackedBytes(
        packing: UnsafeMutableRawPointer(allocate((size + 3) / 4)), bytes, scales: scales, rows: rows,
        outputs: rows.count, inputs: inputs)
    }
    if let stored = weights.bytes(of: weight) {
      return withExtendedLifetime(stored.owner) { pack(stored.bytes, stored.scales) }
    }
    let item = rounded.withLock { known -> Prepared in
      if let item = known[weight] { return item }
      let item = Prepared(memory: round(weight))
      known[weight] = item
      return item
    }
    return item.memory.map {
      let scales = $0.assumingMemoryBound(to: Float.self)
      return pack(($0 + 4 * weight.shape.rows).assumingMemoryBound(to: Int8.self), scales)
    }
  }

  private func pack(_ weight: Parameter) -> UnsafeMutableRawPointer? {
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    guard PackedBytes.areExact(inputs: inputs) else { return nil }
    return weights.withBytes(of: weight) { bytes, scales in
      let memory = allocateAligned(byteCount: PackedBytes.byteCount(outputs: outputs, inputs: inputs))
      _ = PackedBytes(packing: memory, bytes, scales: scales, outputs: outputs, inputs: inputs)
      return memory
    }
  }

  private func round(_ weight: Parameter) -> UnsafeMutableRawPointer? {
    let (outputs, count) = (weight.shape.rows, weight.shape.count)
    let memory = allocateAligned(byteCount: 4 * outputs + count)
    let scales = memory.bindMemory(to: Float.self, capacity: outputs)
    let bytes = (memory + 4 * outputs).bindMemory(to: Int8.self, capacity: count)
    if weights.round(weight, to: bytes, scales: scales) { return memory }
    memory.deallocate()
    return nil
  }
}
