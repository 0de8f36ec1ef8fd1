import CZlib
package import Files

/// Decompresses an entry of a zip archive piece by piece, and compares size and checksum at its end.
///
/// - Safety: `stream` is allocated on the heap and never moves, because zlib's state points back to it; the pointers
///   in it are set right before each call and never read afterwards.
@safe package final class ZipEntryReader {
  /// The size of a piece in bytes.
  static let pieceSize = 1 << 16

  private let entry: ZipArchive.Entry
  private let stream: UnsafeMutablePointer<z_stream>?
  private var consumed = 0
  private var produced = 0
  private var checksum: UInt = 0
  private var isAtEnd = false

  init(_ entry: ZipArchive.Entry) {
    self.entry = entry
    guard !entry.isStored else {
      unsafe stream = nil
      return
    }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Negative: no header; 15: the largest window.
    let status = unsafe inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) failed to start: \(status)")
    unsafe self.stream = stream
  }

  deinit {
    guard let stream = unsafe stream else { return }
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The next bytes, at least one.
  ///
  /// - Returns: nil at the end.
  /// - Throws: ``FileError`` if the data is damaged, or size or checksum are not the announced ones.
  package func next() throws(FileError) -> [UInt8]? {
    guard !isAtEnd else { return nil }
    let piece = try unsafe stream == nil ? copied() : inflated()
    guard !piece.isEmpty else {
      try finish()
      return nil
    }
    produced += piece.count
    guard produced <= entry.size else { throw error("more than the \(entry.size) bytes announced") }
    checksum = unsafe piece.withUnsafeBufferPointer { unsafe crc32_z(checksum, $0.baseAddress, $0.count) }
    return piece
  }

  private func copied() -> [UInt8] {
    let count = min(ZipEntryReader.pieceSize, entry.data.count - consumed)
    defer { consumed += count }
    return entry.data.part(from: consumed, count: count)?.array ?? []
  }

  private func inflated() throws(FileError) -> [UInt8] {
    guard let stream = unsafe stream else { return [] }
    var piece = [UInt8](repeating: 0, count: ZipEntryReader.pieceSize)
    while true {
      let (status, written) = unsafe step(stream, &piece)
      if written > 0 {
        piece.removeLast(piece.count - written)
        return piece
      }
      if status == Z_STREAM_END {
        guard consumed == entry.data.count else { throw error("compressed data that ends before its place") }
        return []
      }
      guard status == Z_OK else { throw error("compressed data that is wrong or cut off") }
    }
  }

  private func step(_ stream: UnsafeMutablePointer<z_stream>, _ piece: inout [UInt8]) -> (Int32, Int) {
    let start = consumed
    return unsafe entry.data.withBytes { source in
      unsafe piece.withUnsafeMutableBufferPointer { target in
        let bytes = unsafe source.baseAddress?.advanced(by: start).assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes)
        let given = UInt32(clamping: source.count - start)
        unsafe stream.pointee.avail_in = given
        unsafe stream.pointee.next_out = target.baseAddress
        let room = UInt32(clamping: target.count)
        unsafe stream.pointee.avail_out = room
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        unsafe consumed += Int(given - stream.pointee.avail_in)
        return unsafe (status, Int(room - stream.pointee.avail_out))
      }
    }
  }

  private func finish() throws(FileError) {
    isAtEnd = true
    guard produced == entry.size else {
      throw error("\(produced) bytes instead of the \(entry.size) announced")
    }
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else { throw error("another checksum") }
  }

  private func error(_ found: String) -> FileError {
    isAtEnd = true
    return entry.data.error(
      "entry '\(entry.name)'", found: found, expected: "the data that the archive was made from")
  }
}
