import CZlib

/// All bytes of a file, decompressed if it is gzip; `-` is standard input.
///
/// - Throws: ``FileError`` if it cannot be read or is damaged.
public func readFile(path: String) throws(FileError) -> [UInt8] {
  var contents: [UInt8] = []
  try forEachPiece(path) { contents += $0 }
  return contents
}

/// A checksum of a file's content, to tell whether two runs saw the same data.
///
/// A gzip file has the checksum of what it holds. It finds accidents, not forgeries.
///
/// - Returns: CRC-32 as `crc32:` and eight hexadecimal digits.
/// - Throws: ``FileError`` if the file cannot be read or is damaged.
public func fileChecksum(path: String) throws(FileError) -> String {
  var sum: UInt = 0
  try forEachPiece(path) { piece in
    sum = unsafe piece.withUnsafeBufferPointer { unsafe crc32_z(sum, $0.baseAddress, $0.count) }
  }
  let digits = String(sum, radix: 16)
  return "crc32:" + String(repeating: "0", count: 8 - digits.count) + digits
}

private func forEachPiece(_ path: String, _ body: (ArraySlice<UInt8>) -> Void) throws(FileError) {
  let source = try ByteSource(path: path)
  var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  while let count = try source.fill(&buffer) {
    // An empty slice's pointer may be nil, which zlib takes as a question for the initial value.
    if count > 0 { body(buffer[..<count]) }
  }
}
