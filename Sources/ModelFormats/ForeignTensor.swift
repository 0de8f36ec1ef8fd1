package import Files

/// A named tensor in a file of another toolkit.
///
/// Its bytes are read when they are asked for.
package struct ForeignTensor: Sendable {
  /// The name, unique in the file.
  package let name: String
  /// Extents of the axes, outermost first; empty for a single number.
  package let shape: [Int]
  /// The type of the elements in the file.
  package let type: ElementType
  /// The order of the elements in the file.
  package let order: ElementOrder
  /// What real weights were multiplied by before they were rounded to ``type``; nil if they were not.
  package let multiplier: Float?

  /// Where the bytes of all elements are.
  let source: TensorSource

  init(
    name: String, shape: [Int], type: ElementType, order: ElementOrder = .rowMajor, multiplier: Float? = nil,
    source: TensorSource
  ) {
    (self.name, self.shape, self.type, self.order) = (name, shape, type, order)
    (self.multiplier, self.source) = (multiplier, source)
  }

  /// The number of elements.
  package var count: Int { checkedProduct(shape) ?? 0 }

  /// All elements as 32-bit floats in row-major order, divided by the multiplier if there is one.
  ///
  /// - Throws: ``FileError`` if the file cannot be read or decompressed, or the multiplier is no positive number.
  package func floats() throws(FileError) -> [Float] {
    let bytes = try source.bytes(of: self)
    var values = type.floats(bytes)
    if let multiplier {
      guard multiplier.isFinite, multiplier > 0 else {
        throw bytes.error(
          "tensor '\(name)'", found: "the quantization multiplier \(multiplier)", expected: "a number above 0"
        )
      }
      // As Marian computes it: not the quotient, which may differ in the last bit.
      let scale = 1 / multiplier
      for index in values.indices { values[index] *= scale }
    }
    return order.rowMajor(values, shape: shape)
  }

  /// The elements of an int8 tensor as stored: see ``order``, and ``multiplier`` for what they stand for.
  ///
  /// - Throws: ``FileError`` if the tensor has another type, or the file cannot be read.
  package func storedInt8() throws(FileError) -> [Int8] {
    let bytes = try source.bytes(of: self)
    guard type == .int8 else {
      throw bytes.error(
        "tensor '\(name)'", found: "numbers of type \(type.rawValue)", expected: "int8", hint: "")
    }
    return bytes.numbers()
  }

  /// The elements of a tensor of whole numbers, in row-major order.
  ///
  /// - Throws: ``FileError`` if the tensor has another type, or the file cannot be read.
  package func integers() throws(FileError) -> [Int] {
    let bytes = try source.bytes(of: self)
    let values: [Int]? =
      switch type {
      case .int64: bytes.numbers(Int64.self).map { Int(Int64(littleEndian: $0)) }
      case .int32: bytes.numbers(Int32.self).map { Int(Int32(littleEndian: $0)) }
      case .int16: bytes.numbers(Int16.self).map { Int(Int16(littleEndian: $0)) }
      case .int8: bytes.numbers(Int8.self).map { Int($0) }
      case .uint32: bytes.numbers(UInt32.self).map { Int(UInt32(littleEndian: $0)) }
      case .uint16: bytes.numbers(UInt16.self).map { Int(UInt16(littleEndian: $0)) }
      case .uint8, .bool: bytes.numbers(UInt8.self).map { Int($0) }
      default: nil
      }
    guard let values else {
      throw bytes.error(
        "tensor '\(name)'", found: "numbers of type \(type.rawValue)", expected: "whole numbers", hint: "")
    }
    return order.rowMajor(values, shape: shape)
  }

  /// The bytes of all elements as stored.
  ///
  /// - Throws: ``FileError`` if the file cannot be read or decompressed.
  package func storedBytes() throws(FileError) -> FileBytes { try source.bytes(of: self) }
}

/// Where the bytes of a tensor are.
enum TensorSource: Sendable {
  /// In a part of the file.
  case plain(FileBytes)
  /// In a compressed entry of a zip archive, after a header of so many bytes.
  case compressed(ZipArchive.Entry, headerSize: Int)

  func bytes(of tensor: ForeignTensor) throws(FileError) -> FileBytes {
    switch self {
    case .plain(let bytes): return bytes
    case .compressed(let entry, let headerSize):
      let contents = FileBytes(try entry.contents(), path: entry.path)
      guard let bytes = contents.part(from: headerSize, count: contents.count - headerSize) else {
        throw contents.error("tensor '\(tensor.name)'", found: "no data", expected: "its numbers")
      }
      return bytes
    }
  }
}
