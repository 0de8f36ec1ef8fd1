/// The checksum that a safetensors file carries in its metadata under `checksum`.
///
/// It covers all bytes of the file, with its own digits replaced by zeros. The header precedes the numbers, so the
/// digits are filled in last.
enum SafetensorsChecksum {
  static let key = "checksum"
  static let kind = Checksum.kind
  static let zeros = String(repeating: "0", count: 16)
  /// The value until the numbers are written.
  static let placeholder = kind + zeros

  /// The range of the digits in a header; nil if there are none.
  static func place(in header: [UInt8]) -> Range<Int>? {
    // Quotation marks inside strings are escaped, so this can only match the key itself.
    let pattern = Array("\"\(key)\":\"\(kind)".utf8)
    guard header.count >= pattern.count + zeros.count + 1 else { return nil }
    let starts = 0...(header.count - pattern.count - zeros.count - 1)
    guard let start = starts.first(where: { header[$0...].starts(with: pattern) }) else { return nil }
    return start + pattern.count..<start + pattern.count + zeros.count
  }
}

extension SafetensorsReader {
  /// Reads the whole file and compares it with its checksum.
  ///
  /// - Returns: false if the file has no checksum, see ``SafetensorsWriter/init(path:entries:metadata:isChecked:)``.
  /// - Throws: ``FileError`` if the file cannot be read or does not match its checksum.
  public func verifyChecksum() throws(FileError) -> Bool {
    guard let expected = metadata[SafetensorsChecksum.key] else { return false }
    var header = try file.readBytes(count: dataStart, at: 0)
    guard let digits = SafetensorsChecksum.place(in: header) else {
      throw damaged(
        found: "the checksum '\(expected)'", expected: "one that begins with '\(SafetensorsChecksum.kind)'")
    }
    header.replaceSubrange(digits, with: SafetensorsChecksum.zeros.utf8)
    var sum = Checksum()
    unsafe sum.add(header.span.bytes)
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    for start in stride(from: dataStart, to: size, by: piece.count) {
      if size - start < piece.count { piece.removeLast(piece.count - (size - start)) }
      try file.read(&piece, at: start)
      unsafe sum.add(piece.span.bytes)
    }
    let found = SafetensorsChecksum.kind + sum.digits
    guard found == expected else {
      throw damaged(found: "bytes with checksum \(found)", expected: "\(expected), which it was written with")
    }
    return true
  }

  private func damaged(found: String, expected: String) -> FileError {
    .invalidFormat(
      path: file.name, place: "", found: found, expected: expected,
      hint: "the file was changed or damaged since it was written; use another copy")
  }
}
