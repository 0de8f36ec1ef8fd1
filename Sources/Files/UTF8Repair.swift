/// Replaces invalid UTF-8 by U+FFFD, one for each maximal subpart of an ill-formed sequence.
///
/// - Parameter bytes: text; unchanged if it is valid.
/// - Returns: whether anything was replaced.
public func repairUTF8(_ bytes: inout [UInt8]) -> Bool {
  guard !isUTF8(bytes) else { return false }
  bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
  return true
}

/// Whether the bytes are valid UTF-8.
public func isUTF8(_ bytes: [UInt8]) -> Bool {
  // This loop is vectorized, and is enough for ASCII, which most lines of many languages are.
  var all: UInt8 = 0
  for byte in bytes { all |= byte }
  return all < 0x80 || (try? UTF8Span(validating: bytes.span)) != nil
}
