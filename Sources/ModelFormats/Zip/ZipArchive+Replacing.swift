package import Files

extension ZipArchive {
  /// The archive with other contents of some entries.
  ///
  /// All others are copied as they are compressed, without decompressing them. Order, names, times and attributes stay;
  /// extra fields and comments are left out.
  ///
  /// - Parameter contents: the new bytes by name; compressed if the entry was.
  /// - Returns: the bytes of the new archive.
  /// - Throws: ``FileError`` if it needs the format's 64-bit extensions.
  package func replacing(_ contents: [String: [UInt8]]) throws(FileError) -> [UInt8] {
    var archive: [UInt8] = []
    var records = [[UInt8]](repeating: [], count: members.count)
    for index in members.indices.sorted(by: { members[$0].record.localStart < members[$1].record.localStart })
    {
      let member = members[index]
      let header = CopiedHeader(member.record, bytes, replacement: contents[member.record.name])
      let start = archive.count
      archive += header.local + (header.replacement ?? member.data.array)
      records[index] = header.directoryRecord(start: start)
    }
    let start = archive.count
    for record in records { archive += record }
    guard archive.count < 0xffff_ffff, records.count < 0xffff else {
      throw bytes.error(
        found: "\(records.count) entries in \(archive.count) bytes", expected: "less than 4 GiB",
        hint: "split the file")
    }
    return archive + numbers32(0x0605_4b50) + numbers16(0, 0, records.count, records.count)
      + numbers32(archive.count - start, start) + numbers16(0)
  }
}

/// The headers of an entry in a new archive.
private struct CopiedHeader {
  private let record: ZipRecord
  private let bytes: FileBytes
  private let name: [UInt8]
  private let method, checksum, packedSize, size: Int
  /// The new data; nil to copy that of the old archive.
  let replacement: [UInt8]?

  init(_ record: ZipRecord, _ bytes: FileBytes, replacement contents: [UInt8]?) {
    (self.record, self.bytes, method) = (record, bytes, Int(record.method))
    name = bytes.part(from: record.place + 46, count: record.nameSize)?.array ?? []
    guard let contents else {
      (checksum, packedSize, size) = (Int(record.checksum), record.packedSize, record.size)
      replacement = nil
      return
    }
    let packed = record.method == 0 ? contents : deflated(contents)
    (checksum, packedSize, size) = (Int(crc32(contents)), packed.count, contents.count)
    replacement = packed
  }

  private func number16(_ offset: Int) -> Int {
    Int(bytes.number(at: record.place + offset, UInt16.self) ?? 0)
  }

  /// Version, flags, method, time, checksum, sizes and the length of the name, as in both headers.
  private var common: [UInt8] {
    // Of the flags, only that of names in UTF-8 stays: sizes are in the header, not behind the data.
    numbers16(20, number16(8) & 0x800, method, number16(12), number16(14))
      + numbers32(checksum, packedSize, size) + numbers16(name.count, 0)
  }

  var local: [UInt8] { numbers32(0x0403_4b50) + common + name }

  func directoryRecord(start: Int) -> [UInt8] {
    numbers32(0x0201_4b50) + numbers16(number16(4)) + common
      + numbers16(0, 0, number16(36), number16(38), number16(40)) + numbers32(start) + name
  }
}
