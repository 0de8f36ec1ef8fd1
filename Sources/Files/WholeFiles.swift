import CZlib
import Formatting

/// Reads a whole file, decompressed if it is gzip; `-` is standard input.
///
/// - Throws: ``FileError`` if it cannot be read or is damaged.
public func readFile(path: String) throws(FileError) -> [UInt8] {
  var contents: [UInt8] = []
  try forEachPiece(path) { contents += $0 }
  return contents
}

/// Reads a whole text file in UTF-8, decompressed if it is gzip, without its byte order mark; `-` is standard input.
///
/// - Parameters:
///   - path: the file.
///   - limit: the greatest size, decompressed, in bytes.
/// - Returns: all its bytes.
/// - Throws: ``FileError`` if it cannot be read, is damaged or larger, or is in a known other format such as UTF-16.
package func readTextFile(path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
  var contents: [UInt8] = []
  try forEachPiece(path, expectsText: true) { piece throws(FileError) in
    guard piece.count <= limit - contents.count else {
      throw .invalidFormat(
        path: path, place: "", found: "more than \(Readable.bytes(limit))", expected: "a smaller file",
        hint: "check that it is the right one")
    }
    contents += piece
  }
  return contents.starts(with: [0xef, 0xbb, 0xbf]) ? Array(contents[3...]) : contents
}

/// A checksum of a file's contents, to tell whether two runs read the same data.
///
/// Gzip files are decompressed first. The checksum detects accidental changes, not tampering.
///
/// - Returns: the CRC-32 as `crc32:` and eight hexadecimal digits.
/// - Throws: ``FileError`` if the file cannot be read or is damaged.
public func fileChecksum(path: String) throws(FileError) -> String {
  var sum: UInt = 0
  try forEachPiece(path) { piece in
    sum = unsafe piece.withUnsafeBufferPointer { unsafe crc32_z(sum, $0.baseAddress, $0.count) }
  }
  let digits = String(sum, radix: 16)
  return "crc32:" + String(repeating: "0", count: 8 - digits.count) + digits
}

private func forEachPiece(
  _ path: String, expectsText: Bool = false, _ body: (ArraySlice<UInt8>) throws(FileError) -> Void
) throws(FileError) {
  let source = try ByteSource(path: path, expectsText: expectsText)
  var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  while let count = try source.fill(&buffer) {
    // The pointer of an empty slice may be nil, for which zlib returns the initial value.
    if count > 0 { try body(buffer[..<count]) }
  }
}
