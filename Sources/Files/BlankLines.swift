/// Whether a line of valid UTF-8 contains only white space as defined by Unicode.
package func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  // The first byte decides for nearly every line; a string is needed only if a non-ASCII character comes first.
  for byte in line {
    if byte >= 0x80 { break }
    if byte > 0x20 { return false }
  }
  return String(decoding: line, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
}
