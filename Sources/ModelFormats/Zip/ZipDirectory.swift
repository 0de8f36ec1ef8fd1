import Files

/// Reads the directory at the end of a zip archive, trusting none of its numbers.
struct ZipDirectory {
  private let bytes: FileBytes
  private let limits: ZipLimits
  /// The number of entries, and where their list starts and ends.
  private let count: Int
  private let start: Int
  private let end: Int

  /// Finds the directory.
  init(_ bytes: FileBytes, limits: ZipLimits) throws(FileError) {
    (self.bytes, self.limits) = (bytes, limits)
    guard let last = ZipDirectory.lastRecord(bytes) else {
      throw bytes.error(found: "no directory of a zip archive at the end", expected: "one")
    }
    func number16(_ offset: Int) -> UInt64 { UInt64(bytes.number(at: last + offset, UInt16.self) ?? 0) }
    func number32(_ offset: Int) -> UInt64 { UInt64(bytes.number(at: last + offset, UInt32.self) ?? 0) }
    var numbers = (disk: number16(4), count: number16(10), size: number32(12), start: number32(16))
    var limit = last
    if numbers.count == 0xffff || numbers.size == 0xffff_ffff || numbers.start == 0xffff_ffff,
      let wide = try ZipDirectory.wideRecord(bytes, before: last)
    {
      (numbers, limit) = (wide.numbers, wide.place)
    }
    guard numbers.disk == 0 else {
      throw bytes.error(
        found: "a part of an archive of several files", expected: "a whole archive", hint: "join its parts")
    }
    guard numbers.start <= UInt64(limit), numbers.size <= UInt64(limit) - numbers.start,
      numbers.count <= numbers.size / 46
    else {
      throw bytes.error(
        found: "a directory of \(numbers.count) entries in \(numbers.size) bytes at \(numbers.start)",
        expected: "one within the \(bytes.count) bytes of the file")
    }
    guard numbers.count <= UInt64(limits.entries) else {
      throw bytes.error(
        found: "\(numbers.count) entries", expected: "at most \(limits.entries)", hint: "split the archive")
    }
    (count, start) = (Int(numbers.count), Int(numbers.start))
    end = start + Int(numbers.size)
  }

  /// The place of the record that ends an archive, before a comment of up to 65,535 bytes.
  private static func lastRecord(_ bytes: FileBytes) -> Int? {
    guard bytes.count >= 22 else { return nil }
    for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65535), by: -1) {
      if bytes[place] == 0x50, bytes.number(at: place, UInt32.self) == 0x0605_4b50,
        bytes.number(at: place + 20, UInt16.self) == UInt16(bytes.count - 22 - place)
      {
        return place
      }
    }
    return nil
  }

  private typealias Numbers = (disk: UInt64, count: UInt64, size: UInt64, start: UInt64)

  /// The record with 64-bit numbers; nil if there is none.
  private static func wideRecord(
    _ bytes: FileBytes, before last: Int
  ) throws(FileError) -> (numbers: Numbers, place: Int)? {
    guard bytes.number(at: last - 20, UInt32.self) == 0x0706_4b50 else { return nil }
    guard let place: UInt64 = bytes.number(at: last - 12), place <= UInt64(last),
      bytes.number(at: Int(place), UInt32.self) == 0x0606_4b50,
      let disk: UInt32 = bytes.number(at: Int(place) + 16),
      let count: UInt64 = bytes.number(at: Int(place) + 32),
      let size: UInt64 = bytes.number(at: Int(place) + 40),
      let start: UInt64 = bytes.number(at: Int(place) + 48)
    else {
      throw bytes.error(found: "a broken 64-bit record at the end", expected: "the place of the directory")
    }
    return ((UInt64(disk), count, size, start), Int(place))
  }

  /// All entries and folders; none overlaps another or the directory.
  func members() throws(FileError) -> [ZipArchive.Member] {
    var records: [ZipRecord] = []
    var place = start
    for index in 0..<count {
      guard let record = try ZipRecord(bytes, at: place, end: end, index: index) else {
        throw bytes.error(
          "entry \(index + 1)", found: "a broken record in the directory", expected: "its place")
      }
      place += record.recordSize
      records.append(record)
    }
    // Overlapping entries would let a small file hold the same data many times.
    var free = 0
    var members = [ZipArchive.Member?](repeating: nil, count: count)
    for index in records.indices.sorted(by: { records[$0].localStart < records[$1].localStart }) {
      let record = records[index]
      let data = try record.data(in: bytes, before: start)
      guard record.localStart >= free else {
        throw record.error(bytes, found: "data that belongs to another entry as well", expected: "its own")
      }
      free = data.end
      if !record.isFolder { try record.checkSize(bytes, limits) }
      members[index] = ZipArchive.Member(record: record, data: data.bytes)
    }
    return members.compactMap { $0 }
  }
}
