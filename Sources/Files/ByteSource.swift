/// The bytes of a file or of standard input, decompressed if they are gzip.
///
/// Gzip is recognized by its first two bytes, `1f 8b`, not by the file name: UTF-8 text cannot begin with them.
final class ByteSource {
  static let pieceSize = 1 << 18

  private let file: OpenFile
  private var inflater: Inflater?
  private var compressed: [UInt8] = []
  private var isFirst = true
  private var isAtEnd = false

  var name: String { file.name }

  init(path: String) throws(FileError) {
    file = try OpenFile.reading(path)
  }

  /// Whether ``fill(_:)`` would return without waiting for the writer of a pipe or terminal.
  var isReady: Bool { isAtEnd || inflater.map { !$0.needsInput } ?? false || file.isReadable() }

  /// Reads the next piece into the front of `buffer` as soon as it is available.
  ///
  /// - Returns: the number of bytes, which can be 0 before the end; nil at the end.
  func fill(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
    guard !isAtEnd else { return nil }
    guard !isFirst else { return try fillFirst(&buffer) }
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

  private func fillFirst(_ buffer: inout [UInt8]) throws(FileError) -> Int? {
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
