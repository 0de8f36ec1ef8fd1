/// A message of protocol buffers, as far as event files need them.
///
/// A field is a key, `number << 3 | type`, and a value: type 0 is a varint, 1 is eight bytes, 2 is a length and so
/// many bytes, 5 is four bytes. Fields whose value is the default of proto3, zero or empty, are left out.
///
/// Source: https://protobuf.dev/programming-guides/encoding
struct ProtobufMessage: Equatable {
  /// The encoded fields.
  private(set) var bytes: [UInt8] = []

  /// A whole number, also an enumeration's; negative ones take ten bytes.
  mutating func add(_ field: Int, _ number: Int) {
    guard number != 0 else { return }
    addKey(field, type: 0)
    addVarint(UInt64(bitPattern: Int64(number)))
  }

  /// A `double`.
  mutating func add(_ field: Int, _ number: Double) {
    guard number.bitPattern != 0 else { return }
    addKey(field, type: 1)
    bytes += littleEndian(number.bitPattern)
  }

  /// A `float`, written even if it is zero: as a choice of a `oneof`, it says that it is the one.
  mutating func addChosen(_ field: Int, _ number: Float) {
    addKey(field, type: 5)
    bytes += littleEndian(number.bitPattern)
  }

  /// Text, or bytes.
  mutating func add(_ field: Int, _ text: String) {
    if !text.isEmpty { addBytes(field, Array(text.utf8)) }
  }

  /// A message, written even if it is empty.
  mutating func add(_ field: Int, _ message: ProtobufMessage) { addBytes(field, message.bytes) }

  /// A packed list of `double`.
  mutating func add(_ field: Int, _ numbers: [Double]) {
    if !numbers.isEmpty { addBytes(field, numbers.flatMap { littleEndian($0.bitPattern) }) }
  }

  /// An element of a list of text, written even if it is empty.
  mutating func addElement(_ field: Int, _ text: String) { addBytes(field, Array(text.utf8)) }

  private mutating func addBytes(_ field: Int, _ value: [UInt8]) {
    addKey(field, type: 2)
    addVarint(UInt64(value.count))
    bytes += value
  }

  private mutating func addKey(_ field: Int, type: Int) { addVarint(UInt64(field << 3 | type)) }

  /// Seven bits in each byte, lowest first; the highest bit says that another byte follows.
  private mutating func addVarint(_ number: UInt64) {
    var rest = number
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
