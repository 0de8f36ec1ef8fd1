import Files

/// Reads a part of a text once: its number of lines, and its digest.
///
/// - Parameters:
///   - path: the file.
///   - range: the part in bytes, decompressed.
/// - Returns: the lines, as `LineReader` counts them, and the SHA-256 of the bytes.
/// - Throws: `FileError` if reading fails.
func sliceSummary(_ path: String, _ range: Range<Int>) throws(FileError) -> (lines: Int, sha256: String) {
  let source = try ByteSource(path: path, expectsText: true, range: range)
  var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  var (sum, lines, last, first) = (SHA256Sum(), 0, UInt8(ascii: "\n"), [UInt8]())
  while let count = try source.fill(&buffer) {
    guard count > 0 else { continue }
    let bytes = buffer[..<count]
    sum.add(bytes)
    lines += lineFeeds(in: bytes)
    last = buffer[count - 1]
    if first.count < 4 { first += bytes.prefix(4) }
  }
  guard sum.count == range.count else {
    throw .notReadable(path: path, reason: "the file became shorter while it was read; try again")
  }
  // A file that has only a byte order mark has no lines.
  let isEmpty = range.lowerBound == 0 && first == [0xef, 0xbb, 0xbf]
  return (lines + (last == UInt8(ascii: "\n") || isEmpty ? 0 : 1), sum.digits)
}

/// The number of lines before a place where a line begins.
///
/// - Throws: `FileError` if reading fails.
func lineCount(_ path: String, before offset: Int) throws(FileError) -> Int {
  let source = try ByteSource(path: path, expectsText: true, range: 0..<offset)
  var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  var lines = 0
  while let count = try source.fill(&buffer) { lines += lineFeeds(in: buffer[..<count]) }
  return lines
}

/// The number of line feeds.
func lineFeeds(in bytes: ArraySlice<UInt8>) -> Int {
  var count = 0
  for byte in bytes { count &+= byte == 0x0a ? 1 : 0 }
  return count
}
