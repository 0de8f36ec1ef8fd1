import CZlib
package import Files

/// Writes a zip archive entry by entry, whole or not at all.
///
/// Sizes and checksums precede the data, which some readers need (cnpy, of Marian). Equal contents give equal bytes:
/// entries have no time of their own.
package final class ZipWriter {
  private struct Written {
    let name: [UInt8]
    let method: UInt16
    let checksum: UInt32
    let packedSize, size, start: Int
  }

  private let file: AtomicFile
  private var written: [Written] = []
  private var names: Set<[UInt8]> = []
  private var position = 0

  /// Opens the file, which appears at its path in ``commit()``.
  ///
  /// - Throws: ``FileError`` if it cannot be written.
  package init(path: String) throws(FileError) { file = try AtomicFile(path: path) }

  /// Adds an entry.
  ///
  /// - Parameters:
  ///   - name: its name, relative, with `/` between folders.
  ///   - contents: all its bytes.
  ///   - isCompressed: whether it is deflated; the result depends on the version of zlib.
  /// - Precondition: no other entry has this name.
  /// - Throws: ``FileError`` if the file cannot be written.
  package func add(name: String, contents: [UInt8], isCompressed: Bool = false) throws(FileError) {
    let nameBytes = Array(name.utf8)
    precondition(names.insert(nameBytes).inserted && nameBytes.count < 1 << 16, "zip: entry '\(name)'")
    let packed = isCompressed ? deflated(contents) : contents
    let entry = Written(
      name: nameBytes, method: isCompressed ? 8 : 0,
      checksum: crc32(contents), packedSize: packed.count,
      size: contents.count, start: position)
    written.append(entry)
    try write(local(entry))
    try write(packed)
  }

  /// Writes the directory and moves the file to its path.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  package func commit() throws(FileError) { try finish().commit() }

  /// Writes the directory.
  ///
  /// - Returns: the complete file, not at its path yet.
  /// - Throws: ``FileError``.
  package func finish() throws(FileError) -> AtomicFile {
    let start = position
    for entry in written { try write(record(entry)) }
    let (size, count) = (position - start, written.count)
    if count >= 0xffff || size >= full || start >= full {
      let end = position
      try write(
        numbers32(0x0606_4b50) + numbers64(44) + numbers16(45, 45) + numbers32(0, 0)
          + numbers64(count, count, size, start))
      try write(numbers32(0x0706_4b50, 0) + numbers64(end) + numbers32(1))
    }
    let narrow = min(count, 0xffff)
    try write(
      numbers32(0x0605_4b50) + numbers16(0, 0, narrow, narrow) + numbers32(min(size, full), min(start, full))
        + numbers16(0))
    return file
  }

  private func write(_ bytes: [UInt8]) throws(FileError) {
    try file.write(bytes)
    position += bytes.count
  }

  private func local(_ entry: Written) -> [UInt8] {
    let isWide = entry.size >= full || entry.packedSize >= full
    let extra = isWide ? numbers16(1, 16) + numbers64(entry.size, entry.packedSize) : []
    return numbers32(0x0403_4b50) + common(entry, isWide: isWide)
      + numbers16(entry.name.count, extra.count) + entry.name + extra
  }

  private func record(_ entry: Written) -> [UInt8] {
    let isWide = entry.size >= full || entry.packedSize >= full
    var fields = isWide ? numbers64(entry.size, entry.packedSize) : []
    if entry.start >= full { fields += numbers64(entry.start) }
    let extra = fields.isEmpty ? [] : numbers16(1, fields.count) + fields
    return numbers32(0x0201_4b50) + numbers16(45) + common(entry, isWide: isWide)
      + numbers16(entry.name.count, extra.count, 0, 0, 0) + numbers32(0, min(entry.start, full)) + entry.name
      + extra
  }

  /// Version, flags, method, time, checksum and sizes, as in both headers.
  private func common(_ entry: Written, isWide: Bool) -> [UInt8] {
    // Names are UTF-8; the time is the first that can be written, January 1, 1980.
    numbers16(isWide || entry.start >= full ? 45 : 20, 0x800, Int(entry.method), 0, 0x21)
      + numbers32(Int(entry.checksum), isWide ? full : entry.packedSize, isWide ? full : entry.size)
  }
}

private let full = 0xffff_ffff

func numbers16(_ numbers: Int...) -> [UInt8] {
  numbers.flatMap { littleEndian(UInt16(truncatingIfNeeded: $0)) }
}

func numbers32(_ numbers: Int...) -> [UInt8] {
  numbers.flatMap { littleEndian(UInt32(truncatingIfNeeded: $0)) }
}

private func numbers64(_ numbers: Int...) -> [UInt8] { numbers.flatMap { littleEndian(UInt64($0)) } }

/// The CRC-32 of bytes.
func crc32(_ bytes: [UInt8]) -> UInt32 {
  guard !bytes.isEmpty else { return 0 }
  return UInt32(
    truncatingIfNeeded: unsafe bytes.withUnsafeBufferPointer { unsafe crc32_z(0, $0.baseAddress, $0.count) })
}

/// Deflate data without a header.
func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var stream = unsafe z_stream()
  // Negative: no header; 15: the largest window; 8: zlib's default use of memory.
  let status = unsafe deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  precondition(status == Z_OK, "zlib \(ZLIB_VERSION) failed to start: \(status)")
  defer { unsafe deflateEnd(&stream) }
  var room = [UInt8](repeating: 0, count: 1 << 16)
  var result: [UInt8] = []
  unsafe bytes.withUnsafeBufferPointer { source in
    var start = 0
    var state = Z_OK
    while state != Z_STREAM_END {
      let given = min(source.count - start, 1 << 30)
      unsafe stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: start))
      unsafe stream.avail_in = UInt32(given)
      let written = unsafe room.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        state = unsafe deflate(&stream, start + given == source.count ? Z_FINISH : Z_NO_FLUSH)
        return unsafe target.count - Int(stream.avail_out)
      }
      unsafe start += given - Int(stream.avail_in)
      result += room[..<written]
    }
  }
  return result
}
