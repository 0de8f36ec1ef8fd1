import Files

/// An entry's record in the directory of a zip archive.
struct ZipRecord {
  let name: String
  let method: UInt16
  let checksum: UInt32
  /// The size of the data in the archive, and decompressed.
  let packedSize, size: Int
  /// Where the entry's own header starts.
  let localStart: Int
  /// Where this record starts, and its size.
  let place, recordSize: Int
  /// The size of the name, in bytes.
  let nameSize: Int

  var isFolder: Bool { name.hasSuffix("/") && size == 0 }

  /// Reads a record; nil if it is cut off.
  ///
  /// - Throws: ``FileError`` for entries that cannot be read: encrypted, of a foreign method or with unsafe names.
  init?(_ bytes: FileBytes, at place: Int, end: Int, index: Int) throws(FileError) {
    guard end - place >= 46, bytes.number(at: place, UInt32.self) == 0x0201_4b50 else { return nil }
    func number16(_ offset: Int) -> Int { Int(bytes.number(at: place + offset, UInt16.self) ?? 0) }
    func number32(_ offset: Int) -> UInt64 { UInt64(bytes.number(at: place + offset, UInt32.self) ?? 0) }
    let (nameSize, extraSize) = (number16(28), number16(30))
    (self.place, self.nameSize) = (place, nameSize)
    recordSize = 46 + nameSize + extraSize + number16(32)
    guard end - place >= recordSize, let text = bytes.part(from: place + 46, count: nameSize)?.array,
      let extra = bytes.part(from: place + 46 + nameSize, count: extraSize)
    else { return nil }
    name = isUTF8(text) ? String(decoding: text, as: UTF8.self) : latin1(text)
    var numbers = (size: number32(24), packed: number32(20), start: number32(42))
    guard ZipRecord.widen(&numbers, extra), let size = Int(exactly: numbers.size),
      let packed = Int(exactly: numbers.packed), let start = Int(exactly: numbers.start)
    else { return nil }
    (self.size, packedSize, localStart) = (size, packed, start)
    (method, checksum) = (UInt16(number16(10)), UInt32(number32(16)))
    try checkName(bytes, text)
    guard number16(8) & 1 == 0 else {
      throw error(
        bytes, found: "an encrypted entry", expected: "a plain one", hint: "unpack the archive first")
    }
    guard method == 0 || method == 8 else {
      throw error(
        bytes, found: "compression method \(method)", expected: "0 (stored) or 8 (deflate)",
        hint: "unpack the archive and pack it again with 'zip'")
    }
    guard method != 0 || size == packed else {
      throw error(bytes, found: "sizes \(size) and \(packed) of stored data", expected: "equal ones")
    }
  }

  /// Replaces numbers that did not fit by those of the 64-bit extra field; false if they are missing.
  private static func widen(
    _ numbers: inout (size: UInt64, packed: UInt64, start: UInt64), _ extra: FileBytes
  ) -> Bool {
    let full: UInt64 = 0xffff_ffff
    guard numbers.size == full || numbers.packed == full || numbers.start == full else { return true }
    var place = 0
    while let kind: UInt16 = extra.number(at: place), let length: UInt16 = extra.number(at: place + 2) {
      if kind == 1, let field = extra.part(from: place + 4, count: Int(length)) {
        var next = 0
        func take(_ number: inout UInt64) -> Bool {
          guard number == full else { return true }
          guard let wide: UInt64 = field.number(at: next) else { return false }
          (number, next) = (wide, next + 8)
          return true
        }
        return take(&numbers.size) && take(&numbers.packed) && take(&numbers.start)
      }
      place += 4 + Int(length)
    }
    return false
  }

  /// Names are for people and look-ups, but may end up as paths.
  private func checkName(_ bytes: FileBytes, _ text: [UInt8]) throws(FileError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !text.isEmpty, !text.contains(0), text[0] != 0x2f, !text.contains(0x5c), !parts.contains(".."),
      !(text.count > 1 && text[1] == 0x3a && parts[0].count == 2)
    else {
      throw error(
        bytes, found: "an empty, absolute or upward name", expected: "a name inside the archive",
        hint: "do not unpack this archive; get it from its source again")
    }
  }

  /// The entry's data, and where it ends.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - directory: where the directory starts.
  /// - Returns: the data, and the place after it.
  /// - Throws: ``FileError`` if they are not before the directory.
  func data(in bytes: FileBytes, before directory: Int) throws(FileError) -> (bytes: FileBytes, end: Int) {
    guard bytes.number(at: localStart, UInt32.self) == 0x0403_4b50,
      let nameSize: UInt16 = bytes.number(at: localStart + 26),
      let extraSize: UInt16 = bytes.number(at: localStart + 28)
    else {
      throw error(bytes, found: "no header at byte \(localStart)", expected: "the header of its data")
    }
    let start = localStart + 30 + Int(nameSize) + Int(extraSize)
    guard start <= directory, packedSize <= directory - start,
      let data = bytes.part(from: start, count: packedSize)
    else {
      throw error(
        bytes, found: "\(packedSize) bytes at \(start)", expected: "data before the directory at \(directory)"
      )
    }
    return (data, start + packedSize)
  }

  /// Deflate makes at most 1,032 bytes of one; a reader is given less, unless there is little of it.
  func checkSize(_ bytes: FileBytes, _ limits: ZipLimits) throws(FileError) {
    let (possible, overflow) = packedSize.multipliedReportingOverflow(by: 1032)
    guard method == 0 || overflow || size <= possible else {
      throw error(bytes, found: "\(size) bytes announced", expected: "at most \(possible) from \(packedSize)")
    }
    guard size <= limits.freeSize || size / limits.ratio <= packedSize else {
      throw error(
        bytes, found: "\(size) bytes packed into \(packedSize)",
        expected: "a ratio of at most \(limits.ratio)",
        hint: "if you trust the archive, unpack it first")
    }
  }

  func error(
    _ bytes: FileBytes, found: String, expected: String,
    hint: String = "the file is damaged or was cut off; copy it again"
  ) -> FileError {
    bytes.error("entry '\(name)'", found: found, expected: expected, hint: hint)
  }
}

/// Text of a name that is not UTF-8: old archives do not say which encoding they use.
private func latin1(_ bytes: [UInt8]) -> String {
  String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}
