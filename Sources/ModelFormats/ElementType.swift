/// The type of a tensor's elements in a file.
package enum ElementType: String, Sendable, CaseIterable {
  case float64, float32, float16, bfloat16
  case int64, int32, int16, int8
  case uint64, uint32, uint16, uint8
  case bool

  /// The size of an element in bytes.
  package var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Little-endian elements as 32-bit floats, rounded to nearest where those are less exact.
  func floats(_ bytes: FileBytes) -> [Float] {
    switch self {
    case .float64: bytes.numbers(UInt64.self).map { Float(Double(bitPattern: UInt64(littleEndian: $0))) }
    case .float32: bytes.numbers(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    case .float16: bytes.numbers(UInt16.self).map { Float(Float16(bitPattern: UInt16(littleEndian: $0))) }
    case .bfloat16:
      bytes.numbers(UInt16.self).map { Float(bitPattern: UInt32(UInt16(littleEndian: $0)) << 16) }
    case .int64: bytes.numbers(Int64.self).map { Float(Int64(littleEndian: $0)) }
    case .int32: bytes.numbers(Int32.self).map { Float(Int32(littleEndian: $0)) }
    case .int16: bytes.numbers(Int16.self).map { Float(Int16(littleEndian: $0)) }
    case .int8: bytes.numbers(Int8.self).map { Float($0) }
    case .uint64: bytes.numbers(UInt64.self).map { Float(UInt64(littleEndian: $0)) }
    case .uint32: bytes.numbers(UInt32.self).map { Float(UInt32(littleEndian: $0)) }
    case .uint16: bytes.numbers(UInt16.self).map { Float(UInt16(littleEndian: $0)) }
    case .uint8: bytes.numbers(UInt8.self).map { Float($0) }
    case .bool: bytes.numbers(UInt8.self).map { $0 == 0 ? 0 : 1 }
    }
  }
}
