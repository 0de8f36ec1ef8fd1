/// Writes the fields of a message in the wire format of Protocol Buffers.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// Writes a whole number, an enumeration or a Boolean.
  mutating func write(_ number: Int, field: UInt64) {
    append(field << 3)
    append(UInt64(number))
  }

  mutating func write(_ number: Float, field: UInt64) {
    append(field << 3 | 5)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }

  /// Writes a string or a message.
  mutating func write(_ contents: some Collection<UInt8>, field: UInt64) {
    append(field << 3 | 2)
    append(UInt64(contents.count))
    bytes += contents
  }

  private mutating func append(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
