/// Text that nobody can guess, from the system's random bits.
enum RandomText {
  /// A UUID of version 4.
  ///
  /// Source: RFC 9562, section 5.4.
  static func uuid() -> String {
    var bytes = bytes(16)
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = hexadecimal(bytes)
    let parts = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
  }

  /// Hexadecimal digits.
  static func digits(_ count: Int) -> String {
    String(decoding: hexadecimal(bytes((count + 1) / 2)).prefix(count), as: UTF8.self)
  }

  private static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in .random(in: .min ... .max, using: &generator) }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { [$0 >> 4, $0 & 0xf] }.map {
      $0 < 10 ? UInt8(ascii: "0") + $0 : UInt8(ascii: "a") + $0 - 10
    }
  }
}
