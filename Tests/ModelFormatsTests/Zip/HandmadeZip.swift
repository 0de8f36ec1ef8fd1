/// A zip archive, with whatever numbers a test wants in it.
struct HandmadeZip {
  struct Entry {
    var name: String
    var contents: [UInt8]
    var method = 0
    var flags = 0x800
    /// 64-bit sizes in the directory.
    var isWide = false
    /// Sizes after the data, instead of in the header before it.
    var hasDescriptor = false
    var extra: [UInt8] = []
    /// The announced size; nil for that of the contents.
    var size: Int?
    var packedSize: Int?
    /// Where the entry's header is; nil for its place.
    var start: Int?
    var checksum: UInt32?
  }

  var entries: [Entry] = []
  var comment: [UInt8] = []
  var isWide = false
  /// Changes of the numbers in the last record.
  var count: Int?
  var directorySize: Int?
  var directoryStart: Int?

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let start = entry.start ?? bytes.count
      let sum = entry.checksum ?? crc(entry.contents)
      let sizes = (entry.packedSize ?? entry.contents.count, entry.size ?? entry.contents.count)
      let name = Array(entry.name.utf8)
      let head = low(
        UInt16(20), UInt16(entry.flags | (entry.hasDescriptor ? 8 : 0)), UInt16(entry.method), 0, 33)
      let local =
        entry.hasDescriptor
        ? low(UInt32(0), 0, 0) : low(sum, UInt32(clamping: sizes.0), UInt32(clamping: sizes.1))
      bytes += low(UInt32(0x0403_4b50)) + head + local + low(UInt16(name.count), UInt16(entry.extra.count))
      bytes += name + entry.extra + entry.contents
      if entry.hasDescriptor {
        bytes += low(UInt32(0x0807_4b50), sum, UInt32(clamping: sizes.0), UInt32(clamping: sizes.1))
      }
      let wide = low(UInt16(1), 24) + low(UInt64(sizes.1), UInt64(sizes.0), UInt64(start))
      let extra = entry.isWide ? wide : []
      let numbers =
        entry.isWide ? low(UInt32.max, .max) : low(UInt32(clamping: sizes.0), UInt32(clamping: sizes.1))
      directory += low(UInt32(0x0201_4b50)) + low(UInt16(45)) + head + low(sum) + numbers
      directory += low(UInt16(name.count), UInt16(extra.count), 0, 0, 0) + low(UInt32(0))
      directory += low(entry.isWide ? UInt32.max : UInt32(clamping: start)) + name + extra
    }
    let (start, place) = (bytes.count, bytes.count + directory.count)
    bytes += directory
    let count = count ?? entries.count
    if isWide {
      bytes += low(UInt32(0x0606_4b50)) + low(UInt64(44)) + low(UInt16(45), 45) + low(UInt32(0), 0)
      bytes += low(
        UInt64(count), UInt64(count), UInt64(directorySize ?? directory.count),
        UInt64(directoryStart ?? start))
      bytes += low(UInt32(0x0706_4b50), 0) + low(UInt64(place)) + low(UInt32(1))
    }
    bytes +=
      low(UInt32(0x0605_4b50))
      + low(
        UInt16(0), 0, UInt16(clamping: isWide ? 0xffff : count), UInt16(clamping: isWide ? 0xffff : count))
    bytes +=
      isWide
      ? low(UInt32.max, .max)
      : low(UInt32(clamping: directorySize ?? directory.count), UInt32(clamping: directoryStart ?? start))
    return bytes + low(UInt16(comment.count)) + comment
  }
}

/// CRC-32, bit by bit.
func crc(_ bytes: [UInt8]) -> UInt32 {
  var sum: UInt32 = ~0
  for byte in bytes {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1 }
  }
  return ~sum
}
