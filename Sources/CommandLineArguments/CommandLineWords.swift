/// The words of the process's command line, without the command's name.
///
/// Swift replaces what is not UTF-8, so that a file name in another encoding would become another name, and another file
/// could be read or overwritten.
///
/// - Throws: ``ArgumentError/notUTF8(_:)``.
func commandLineWords() throws(ArgumentError) -> [String] {
  try rawCommandLine().dropFirst().map { (bytes) throws(ArgumentError) in try text(ofWord: bytes) }
}

/// A word of a command line.
///
/// - Throws: ``ArgumentError/notUTF8(_:)``, which shows every byte that is not part of a character.
package func text(ofWord bytes: [UInt8]) throws(ArgumentError) -> String {
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var shown = ""
  var decoder = UTF8()
  var rest = bytes[...]
  while let byte = rest.first {
    var iterator = rest.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) {
      shown.unicodeScalars.append(scalar)
      rest = rest.dropFirst(UTF8.width(scalar))
    } else {
      shown += "\\x" + String(byte, radix: 16, uppercase: true)
      rest = rest.dropFirst()
    }
    decoder = UTF8()
  }
  throw .notUTF8(shown)
}
