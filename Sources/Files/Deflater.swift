import CZlib

/// Compresses bytes to gzip, piece by piece, as one member.
///
/// The result depends only on the bytes and on where ``flush()`` was called: it contains no name and no time.
///
/// - Safety: `stream` is allocated on the heap and never moves, because zlib's state points back to it; the pointers
///   in it are set right before each call and never read afterwards.
@safe package final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  /// A compressor at the beginning of a file.
  package init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16: a gzip header; 15: the largest window; 8: zlib's default use of memory.
    let status = unsafe deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) failed to start: \(status)")
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Compresses bytes.
  ///
  /// - Returns: what is ready to be written, often nothing: zlib collects bytes until it has a block.
  package func compress(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

  /// Everything so far, such that a reader can decompress it; costs a few bytes each time.
  package func flush() -> [UInt8] { run([], Z_SYNC_FLUSH) }

  /// The rest of the file, after which nothing may be compressed.
  package func finish() -> [UInt8] { run([], Z_FINISH) }

  private func run(_ bytes: [UInt8], _ mode: Int32) -> [UInt8] {
    var output: [UInt8] = []
    unsafe bytes.withUnsafeBufferPointer { source in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      // Lines and pieces of text are far shorter than the 4 GB that zlib can take in one call.
      unsafe stream.pointee.avail_in = UInt32(source.count)
      repeat {
        let written = unsafe room.withUnsafeMutableBufferPointer { target in
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(target.count)
          let status = unsafe deflate(stream, mode)
          precondition(status != Z_STREAM_ERROR, "Deflater: used after its end")
          return unsafe target.count - Int(stream.pointee.avail_out)
        }
        output += room[..<written]
      } while unsafe stream.pointee.avail_out == 0
    }
    return output
  }
}
