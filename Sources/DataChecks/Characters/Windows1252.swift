/// The encoding as which UTF-8 is most often misread.
///
/// Source: Unicode, Inc., "cp1252 to Unicode table". Bytes that it leaves out are control characters, as in browsers.
enum Windows1252 {
  /// The characters of 0x80 to 0x9F.
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A,
    0x153, 0x9D, 0x17E, 0x178,
  ]

  private static let bytes: [UInt32: UInt8] = {
    var bytes: [UInt32: UInt8] = [:]
    for (index, scalar) in upper.enumerated() { bytes[scalar] = UInt8(0x80 + index) }
    // Latin-1 reads these bytes as control characters.
    for byte in UInt32(0x80)...0x9F where bytes[byte] == nil { bytes[byte] = UInt8(byte) }
    return bytes
  }()

  /// The byte of a character; nil if the encoding does not have it.
  static func byte(of scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0..<0x80, 0xA0...0xFF: UInt8(scalar)
    default: bytes[scalar]
    }
  }
}
