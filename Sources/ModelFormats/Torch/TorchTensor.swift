import Files

/// A tensor's numbers, which tensors can share.
struct TorchStorage: Sendable {
  let entry: ZipArchive.Entry
  /// The type of its numbers; nil if each tensor has its own.
  let type: ElementType?

  /// The type of a class such as `torch.FloatStorage`; nil if it is no such class.
  static func type(of name: String) -> ElementType?? {
    let types: [String: ElementType] = [
      "Double": .float64, "Float": .float32, "Half": .float16, "BFloat16": .bfloat16, "Long": .int64,
      "Int": .int32, "Short": .int16, "Char": .int8, "Byte": .uint8, "Bool": .bool,
    ]
    if name == "torch.storage.UntypedStorage" || name == "torch.UntypedStorage" { return .some(nil) }
    guard name.hasPrefix("torch."), name.hasSuffix("Storage") else { return nil }
    return types[String(name.dropFirst(6).dropLast(7))].map { .some($0) }
  }

  /// The type of a name such as `torch.float32`; nil if it is no such name.
  static func dtype(_ name: String) -> ElementType? {
    guard name.hasPrefix("torch.") else { return nil }
    let names = ["half": "float16", "float": "float32", "double": "float64", "long": "int64", "int": "int32"]
    let short = String(name.dropFirst(6))
    return ElementType(rawValue: names[short] ?? short)
  }
}

/// A tensor of PyTorch: a view of a storage.
package struct TorchTensor: Sendable {
  /// Extents of the axes, outermost first.
  package let shape: [Int]
  /// The type of the numbers.
  package let type: ElementType
  private let order: ElementOrder
  private let source: TensorSource

  /// A view of a storage; nil unless all its elements are in it, and are not more than its numbers.
  ///
  /// - Parameters:
  ///   - storage: the numbers.
  ///   - type: their type.
  ///   - offset: the place of the first element, in elements.
  ///   - shape: extents of the axes.
  ///   - strides: how far neighbors along each axis are apart, in elements.
  init?(_ storage: TorchStorage, type: ElementType, offset: Int, shape: [Int], strides: [Int]) {
    let stored = storage.entry.size / type.size
    guard shape.count == strides.count, shape.count <= 64, offset >= 0, offset <= stored,
      strides.allSatisfy({ $0 >= 0 }), let count = checkedProduct(shape), count <= stored
    else { return nil }
    // From the first element to the last, inclusive.
    var extent = count == 0 ? 0 : 1
    for (size, stride) in zip(shape, strides) where count > 0 {
      let (step, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
      guard !overflow, step <= stored, extent <= stored else { return nil }
      extent += step
    }
    guard extent <= stored - offset else { return nil }
    (self.shape, self.type) = (shape, type)
    let isPlain = ElementOrder.areRowMajor(strides, shape)
    if let part = storage.entry.storedPart(from: offset * type.size, count: extent * type.size) {
      (source, order) = (.plain(part), isPlain ? .rowMajor : .strided(strides, offset: 0))
    } else {
      (source, order) = (.compressed(storage.entry, headerSize: 0), .strided(strides, offset: offset))
    }
  }

  func named(_ name: String) -> ForeignTensor {
    ForeignTensor(name: name, shape: shape, type: type, order: order, source: source)
  }
}

extension ElementOrder {
  /// Whether strides are those of row-major order.
  fileprivate static func areRowMajor(_ strides: [Int], _ shape: [Int]) -> Bool {
    var expected = 1
    for (size, stride) in zip(shape, strides).reversed() {
      guard size == 1 || stride == expected else { return false }
      expected *= max(size, 1)
    }
    return true
  }
}

extension ZipArchive.Entry {
  /// A part of the data of an entry that is stored as it is; nil if it is compressed, or the part is not in it.
  fileprivate func storedPart(from start: Int, count: Int) -> FileBytes? {
    isStored ? data.part(from: start, count: count) : nil
  }
}
