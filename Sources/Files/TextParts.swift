/// A text file as parts of about equal size that several processes read independently of each other.
///
/// Parts consist of whole lines, and every line is in exactly one: a part begins with the first line that begins at or
/// after its share of the bytes. Of a plain file, only what is around a boundary is read to find it. Gzip has to be
/// unpacked from its beginning, twice: once for its size.
public struct TextParts: Sendable {
  /// The file.
  public let path: String
  /// The number of parts.
  public let count: Int
  /// The size of the text in bytes, decompressed.
  public let size: Int
  /// Whether the file is gzip.
  public let isPacked: Bool

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - path: a regular file, plain or gzip.
  ///   - count: the number of parts, 1 or more; they may be more than the lines.
  /// - Throws: ``FileError`` if it cannot be read, is no regular file, or is not text in UTF-8.
  public init(path: String, count: Int) throws(FileError) {
    precondition(count > 0, "TextParts: \(count) parts")
    guard regularFileExists(path) || !fileExists(path) else {
      throw .notReadable(
        path: path, reason: "it is no regular file, of which parts can be read; save it in one")
    }
    let source = try ByteSource(path: path, expectsText: true)
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    var size = 0
    while let piece = try source.fill(&buffer) {
      size += piece
      if !source.isPacked { break }
    }
    (self.path, self.count, isPacked) = (path, count, source.isPacked)
    self.size = source.isPacked ? size : try OpenFile.reading(path).size()
  }

  /// Where a part is.
  ///
  /// - Parameter index: the part, from 0.
  /// - Returns: its bytes, decompressed; an empty range if no line begins in its share.
  /// - Throws: ``FileError`` if reading fails.
  public func range(of index: Int) throws(FileError) -> Range<Int> {
    precondition((0..<count).contains(index), "TextParts: part \(index) of \(count)")
    let start = try lineStart(atOrAfter: share(index))
    let end = try lineStart(atOrAfter: share(index + 1))
    return start..<end
  }

  /// Where the share of a part begins, without a product that could overflow.
  private func share(_ index: Int) -> Int {
    let (whole, rest) = size.quotientAndRemainder(dividingBy: count)
    return whole * index + min(index, rest)
  }

  /// The first place at or after `offset` where a line begins, or the end of the text.
  private func lineStart(atOrAfter offset: Int) throws(FileError) -> Int {
    guard offset > 0, offset < size else { return min(offset, size) }
    // From the byte before, which is the end of a line if one begins at the offset.
    let source = try ByteSource(path: path, expectsText: true, range: offset - 1..<size)
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    var position = offset - 1
    while let count = try source.fill(&buffer) {
      if let end = firstLineFeed(in: buffer, 0..<count) { return position + end + 1 }
      position += count
    }
    return size
  }
}
