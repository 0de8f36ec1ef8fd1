/// The bytes of a file or of standard input, decompressed if they are gzip.
///
/// Gzip is recognized by its first two bytes, `1f 8b`, not by the file name: UTF-8 text cannot begin with them. Other
/// formats and encodings, if text is expected, are errors.
package final class ByteSource {
  package static let pieceSize = 1 << 18

  private let file: OpenFile
  private var inflater: Inflater?
  private var compressed: [UInt8] = []
  private let expectsText: Bool
  private var isFirst: Bool
  /// The first bytes, decompressed, as far as they are examined.
  private var beginning: [UInt8] = []
  private var isAtEnd = false
  /// The bytes that are wanted, decompressed; nil for all.
  private let range: Range<Int>?
  /// How many bytes were read or skipped, decompressed; only counted if a range is wanted.
  private var position = 0

  package var name: String { file.name }
  /// Whether the file is gzip; known after the first piece.
  package var isPacked: Bool { inflater != nil }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file, or `-` for standard input.
  ///   - expectsText: whether ``fill(_:)`` throws an error for a file in another format or encoding than text in UTF-8.
  ///   - range: the bytes that are wanted, decompressed; nil for all. What is before them is skipped without reading it,
  ///     except for the beginning, which tells the format, and for gzip.
  ///   - isRaw: whether gzip is not decompressed.
  /// - Throws: ``FileError`` if it cannot be opened.
  package init(
    path: String, expectsText: Bool, range: Range<Int>? = nil, isRaw: Bool = false
  ) throws(FileError) {
    (self.expectsText, self.range, isFirst) = (expectsText, range, !isRaw)
    file = try OpenFile.reading(path)
  }

  /// Whether ``fill(_:)`` would return without waiting for the writer of a pipe or terminal.
  var isReady: Bool { isAtEnd || inflater.map { !$0.needsInput } ?? false || file.isReadable() }

  /// Reads the next piece into the front of `buffer` as soon as it is available.
  ///
  /// - Returns: the number of bytes, which can be 0 before the end; nil at the end.
  package func fill(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
    guard let range else { return try readText(&buffer) }
    guard position < range.upperBound, !range.isEmpty else { return nil }
    guard let count = try readText(&buffer) else { return nil }
    let read = position..<position + count
    position = read.upperBound
    let wanted = read.clamped(to: range)
    if wanted.isEmpty, position < range.lowerBound, !isPacked {
      try file.seek(to: range.lowerBound)
      position = range.lowerBound
    }
    if wanted.lowerBound > read.lowerBound, !wanted.isEmpty {
      buffer.replaceSubrange(
        ..<wanted.count,
        with: buffer[wanted.lowerBound - read.lowerBound..<wanted.upperBound - read.lowerBound])
    }
    return wanted.count
  }

  private func readText(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
    let count = try read(&buffer)
    let missing = ForeignFormat.examinedBytes - beginning.count
    guard expectsText, missing > 0, let count, count > 0 else { return count }
    // A pipe may deliver few bytes at a time.
    beginning += buffer[..<min(count, missing)]
    if let format = ForeignFormat(of: beginning, isUnpacked: inflater != nil) {
      throw .foreign(format, path: name)
    }
    return count
  }

  private func read(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
    guard !isAtEnd else { return nil }
    guard !isFirst else { return try readFirst(&buffer) }
    guard let inflater else { return try endIfZero(file.read(into: &buffer)) }
    if inflater.needsInput {
      let count = try file.read(into: &compressed)
      guard count > 0 else {
        try inflater.finish()
        isAtEnd = true
        return nil
      }
      inflater.give(compressed[..<count])
    }
    return try inflater.decompress(into: &buffer)
  }

  private func readFirst(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
    isFirst = false
    var count = try file.read(into: &buffer)
    // A pipe may deliver the second byte later.
    if count == 1, buffer[0] == 0x1f { count += try file.read(into: &buffer, from: 1) }
    guard count >= 2, buffer[0] == 0x1f, buffer[1] == 0x8b else { return endIfZero(count) }
    let inflater = Inflater(name: name)
    self.inflater = inflater
    compressed = Array(repeating: 0, count: ByteSource.pieceSize)
    inflater.give(buffer[..<count])
    return try inflater.decompress(into: &buffer)
  }

  private func endIfZero(_ count: Int) -> Int? {
    isAtEnd = count == 0
    return isAtEnd ? nil : count
  }
}
