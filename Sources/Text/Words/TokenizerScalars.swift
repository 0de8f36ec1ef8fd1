/// A Unicode scalar value, and its length in UTF-8.
struct DecodedScalar {
  var value: UInt32
  var length: Int
}

/// The scalar that begins at `position`; U+FFFD with length 1 if no valid UTF-8 begins there.
///
/// - Precondition: `position` is a valid index.
@inline(__always)
func decodeScalar(_ bytes: borrowing Span<UInt8>, at position: Int) -> DecodedScalar {
  let first = UInt32(bytes[position])
  if first < 0x80 { return DecodedScalar(value: first, length: 1) }
  return decodeLongScalar(bytes, at: position, first: first)
}

private func decodeLongScalar(
  _ bytes: borrowing Span<UInt8>, at position: Int, first: UInt32
) -> DecodedScalar {
  let malformed = DecodedScalar(value: 0xFFFD, length: 1)
  let (length, smallest): (Int, UInt32)
  switch first {
  case 0xC2...0xDF: (length, smallest) = (2, 0x80)
  case 0xE0...0xEF: (length, smallest) = (3, 0x800)
  case 0xF0...0xF4: (length, smallest) = (4, 0x10000)
  default: return malformed
  }
  guard position + length <= bytes.count else { return malformed }
  var value = first & (0x7F >> UInt32(length))
  for offset in 1..<length {
    let byte = bytes[position + offset]
    guard byte & 0xC0 == 0x80 else { return malformed }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  let isScalar = value >= smallest && value <= 0x10FFFF && !(0xD800...0xDFFF ~= value)
  return isScalar ? DecodedScalar(value: value, length: length) : malformed
}

/// The scalar that ends right before `end`; U+FFFD if no valid UTF-8 ends there.
func decodeScalar(_ bytes: borrowing Span<UInt8>, before end: Int) -> UInt32 {
  if bytes[end - 1] < 0x80 { return UInt32(bytes[end - 1]) }
  for length in 2...4 where length <= end && bytes[end - length] & 0xC0 != 0x80 {
    let scalar = decodeScalar(bytes, at: end - length)
    return scalar.length == length ? scalar.value : 0xFFFD
  }
  return 0xFFFD
}

extension [UInt8] {
  /// Appends a scalar as UTF-8; an invalid value becomes U+FFFD.
  mutating func appendUTF8(_ value: UInt32) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
