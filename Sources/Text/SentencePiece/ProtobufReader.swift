/// Reads the fields of a message in the wire format of Protocol Buffers.
///
/// Source: "Protocol Buffers: Encoding", protobuf.dev/programming-guides/encoding.
struct ProtobufReader {
  /// The value of a field.
  enum Value {
    case number(UInt64)
    case bits32(UInt32)
    case bits64
    /// The place of a string or of another message.
    case bytes(Range<Int>)
  }

  /// Why bytes are not a message.
  struct Failure: Error {
    var reason: String
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// A reader of a message that is part of an array.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound)
  }

  /// The next field; nil at the end.
  mutating func next() throws(Failure) -> (field: UInt64, value: Value)? {
    guard position < end else { return nil }
    let start = position
    let key = try number()
    guard key >> 3 > 0 else { throw Failure(reason: "byte \(start) begins a field without a number") }
    switch key & 7 {
    case 0: return (key >> 3, .number(try number()))
    case 1:
      _ = try take(8)
      return (key >> 3, .bits64)
    case 2: return (key >> 3, .bytes(try take(number())))
    case 5:
      let range = try take(4)
      return (key >> 3, .bits32(range.reversed().reduce(0) { $0 << 8 | UInt32(bytes[$1]) }))
    case let type: throw Failure(reason: "byte \(start) begins a field of the unknown type \(type)")
    }
  }

  private mutating func number() throws(Failure) -> UInt64 {
    let start = position
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while position < end, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Failure(reason: "the number at byte \(start) does not end")
  }

  private mutating func take(_ count: UInt64) throws(Failure) -> Range<Int> {
    guard count <= UInt64(end - position) else {
      throw Failure(
        reason: "at byte \(position), \(count) bytes are announced, and only \(end - position) are there")
    }
    defer { position += Int(count) }
    return position..<position + Int(count)
  }
}
