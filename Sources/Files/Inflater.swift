import CZlib

/// Decompresses gzip data piece by piece, including files of several concatenated members.
///
/// - Safety: `stream` is allocated on the heap and never moves, because zlib's state points back to it; the pointers
///   in it are set right before each call and never read afterwards.
@safe final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private let name: String
  private var input: [UInt8] = []
  private var consumed = 0
  /// Whether the last byte was the last of a member; a file may only end there.
  private var isBetweenMembers = false

  init(name: String) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    self.name = name
    // 16: a gzip header is expected; 15: the largest window.
    let status = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib \(ZLIB_VERSION) failed to start: \(status)")
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether all input has been consumed.
  var needsInput: Bool { consumed == input.count }

  /// Provides the next compressed bytes; the previous ones must have been consumed.
  func give(_ bytes: ArraySlice<UInt8>) {
    precondition(needsInput, "Inflater: \(input.count - consumed) bytes are still unused")
    input.replaceSubrange(input.indices, with: bytes)
    consumed = 0
  }

  /// Decompresses into `output`.
  ///
  /// - Returns: the number of bytes written; 0 if more input is needed first.
  func decompress(into output: inout [UInt8]) throws(FileError) -> Int {
    while !needsInput {
      if isBetweenMembers, try !startMember() { return 0 }
      let (status, written) = inflateOnce(into: &output)
      switch status {
      case Z_STREAM_END: isBetweenMembers = true
      case Z_OK, Z_BUF_ERROR: break
      default:
        throw .damagedGzip(path: name, reason: "its compressed data is \(unsafe words(stream, status))")
      }
      if written > 0 { return written }
    }
    return 0
  }

  /// Checks that the data may end here.
  func finish() throws(FileError) {
    guard isBetweenMembers else {
      throw .damagedGzip(path: name, reason: "its compressed data ends too early")
    }
  }

  /// Begins the next member; false if only zeros are left, which tapes and some tools add as padding.
  private func startMember() throws(FileError) -> Bool {
    while consumed < input.count, input[consumed] == 0 { consumed += 1 }
    guard !needsInput else { return false }
    guard input[consumed] == 0x1f else {
      throw .damagedGzip(path: name, reason: "something else follows its compressed data")
    }
    unsafe inflateReset(stream)
    isBetweenMembers = false
    return true
  }

  private func inflateOnce(into output: inout [UInt8]) -> (status: Int32, written: Int) {
    let (input, start) = (input, consumed)
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.advanced(by: start))
        unsafe stream.pointee.avail_in = UInt32(clamping: source.count - start)
        unsafe stream.pointee.next_out = target.baseAddress
        let room = UInt32(clamping: target.count)
        unsafe stream.pointee.avail_out = room
        let given = unsafe stream.pointee.avail_in
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        unsafe consumed += Int(given - stream.pointee.avail_in)
        return unsafe (status, Int(room - stream.pointee.avail_out))
      }
    }
  }
}

private func words(_ stream: UnsafeMutablePointer<z_stream>, _ status: Int32) -> String {
  let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
  return "wrong (\(message ?? "zlib status \(status)"))"
}
