/// CRC-32C, the checksum of TensorFlow's record files.
///
/// Source: RFC 3720, section 12.1 and appendix B.4 (polynomial 1EDC6F41, here with its bits reversed).
package enum CastagnoliChecksum {
  /// The checksum of some bytes.
  package static func value(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
  }

  /// The checksum as record files store it: rotated and shifted, because a checksum of bytes that contain their own
  /// checksum is weak.
  ///
  /// Source: tensorflow/tensorflow, `tensorflow/core/lib/hash/crc32c.h`, `Mask`.
  package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = value(bytes)
    return (sum >> 15 | sum << 17) &+ 0xa282_ead8
  }

  /// The checksum of each byte alone.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82f6_3b78 : sum >> 1 }
  }
}
