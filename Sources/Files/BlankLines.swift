/// Whether valid UTF-8 has nothing but white space, as Unicode defines it.
package func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  // Nearly every line is decided by its first byte; a string is made only where the question is open.
  for byte in line {
    if byte >= 0x80 { break }
    if byte > 0x20 { return false }
  }
  return String(decoding: line, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
}
