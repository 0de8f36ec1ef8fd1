/// The bytes of a file or of standard input, decompressed on the way if they begin as gzip does.
///
/// Gzip is told by its first two bytes, `1f 8b`, not by the name: no line of UTF-8 text begins with them.
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

  /// Whether ``fill(_:)`` would return without waiting for whoever writes the other end.
  var isReady: Bool { isAtEnd || inflater.map { !$0.needsInput } ?? false || file.isReadable() }

  /// Puts the next piece at the front of `buffer`, as soon as there is one.
  ///
  /// - Returns: its bytes, which may be 0 while more will follow; nil at the end.
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
    // The second byte decides, and a pipe may deliver it later.
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
