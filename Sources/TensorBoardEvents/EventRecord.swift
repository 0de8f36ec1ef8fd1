/// The framing of a message in an event file: its length, its bytes, and a checksum of each.
///
/// All numbers are little-endian:
///
///     8 bytes   length
///     4 bytes   masked CRC-32C of the length
///     length    the message
///     4 bytes   masked CRC-32C of the message
///
/// Source: tensorflow/tensorflow, `tensorflow/core/lib/io/record_writer.cc`; TensorFlow calls this TFRecord.
package func eventRecord(_ message: [UInt8]) -> [UInt8] {
  let length = littleEndian(UInt64(message.count))
  return length + littleEndian(CastagnoliChecksum.masked(length)) + message
    + littleEndian(CastagnoliChecksum.masked(message))
}

/// The bytes of a number, lowest first.
func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
