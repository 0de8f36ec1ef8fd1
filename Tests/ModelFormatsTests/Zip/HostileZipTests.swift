import Files
import ModelFormats
import Testing

@Suite struct HostileZipTests {
  private func error(_ zip: HandmadeZip) -> String {
    message {
      for entry in try ZipArchive(FileBytes(zip.bytes, path: "a.zip")).entries { _ = try entry.contents() }
    }
  }

  private func error(_ entry: HandmadeZip.Entry) -> String { error(HandmadeZip(entries: [entry])) }

  @Test(arguments: ["/etc/passwd", "../up", "a/../../up", "C:/windows", "a\\b", "", "a\0b"])
  func unsafeNames(name: String) {
    #expect(error(.init(name: name, contents: [1])).contains("name"))
  }

  @Test func lyingSizes() {
    let three: [UInt8] = [1, 2, 3]
    #expect(error(.init(name: "a", contents: three, size: 4, packedSize: 3)).contains("sizes 4 and 3"))
    #expect(
      error(.init(name: "a", contents: three, isWide: true, size: 1 << 32, packedSize: 1 << 32)).contains(
        "data before"))
    #expect(
      error(.init(name: "a", contents: three, isWide: true, size: .max, packedSize: .max)).contains(
        "data before"))
    #expect(error(.init(name: "a", contents: three, isWide: true, start: .max)).contains("no header"))
    #expect(
      error(.init(name: "a", contents: three, method: 8, size: 1 << 31, packedSize: 3)).contains("announced"))
    #expect(error(.init(name: "a", contents: three, checksum: 7)).contains("checksum"))
    // Deflate data of one stored block with three bytes.
    let packed: [UInt8] = [1, 3, 0, 0xfc, 0xff, 1, 2, 3]
    for size in [0, 2, 4] {
      #expect(
        error(.init(name: "a", contents: packed, method: 8, size: size, checksum: crc(three))).contains(
          "announced"))
    }
    #expect(error(.init(name: "a", contents: packed, method: 8, size: 3, checksum: crc(three))) == "no error")
    #expect(
      error(.init(name: "a", contents: packed + [0], method: 8, size: 3, checksum: crc(three))).contains(
        "before its place"))
    #expect(
      error(.init(name: "a", contents: packed.dropLast(), method: 8, size: 3, checksum: crc(three))).contains(
        "cut off"))
  }

  @Test func lyingDirectories() {
    var zip = HandmadeZip(entries: [.init(name: "a", contents: [1])])
    for isWide in [false, true] {
      zip.isWide = isWide
      zip.count = isWide ? 1 << 40 : 60_000
      #expect(error(zip).contains("directory of"))
      zip.count = nil
      zip.directoryStart = isWide ? .max : 1 << 30
      #expect(error(zip).contains("directory of"))
      zip.directoryStart = nil
      zip.directorySize = isWide ? .max : 1 << 30
      #expect(error(zip).contains("directory of"))
      zip.directorySize = nil
    }
  }

  @Test func overlappingAndEqualEntries() {
    let entry = HandmadeZip.Entry(name: "a", contents: [1, 2, 3])
    var other = entry
    #expect(error(HandmadeZip(entries: [entry, other])).contains("second"))
    other.name = "b"
    other.start = 0
    #expect(error(HandmadeZip(entries: [entry, other])).contains("another entry"))
    other.start = 200
    #expect(error(HandmadeZip(entries: [entry, other])).contains("no header"))
  }

  @Test func encryptedAndForeignMethods() {
    #expect(error(.init(name: "a", contents: [1], flags: 1)).contains("encrypted"))
    #expect(error(.init(name: "a", contents: [1], method: 12)).contains("method 12"))
  }

  @Test func bombs() throws {
    let folder = TemporaryFolder()
    let writer = try ZipWriter(path: folder("bomb.zip"))
    try writer.add(name: "zeros", contents: [UInt8](repeating: 0, count: 32 << 20), isCompressed: true)
    try writer.commit()
    #expect(folder.bytes("bomb.zip").count < 40_000)
    #expect(message { _ = try ZipArchive(path: folder("bomb.zip")) }.contains("a ratio of at most 200"))
    var limits = ZipLimits()
    limits.ratio = 2000
    #expect(try ZipArchive(path: folder("bomb.zip"), limits: limits)["zeros"]?.contents().count == 32 << 20)
    limits.entries = 0
    #expect(message { _ = try ZipArchive(path: folder("bomb.zip"), limits: limits) }.contains("at most 0"))
  }

  @Test func everyCutIsAnError() {
    let good = HandmadeZip(entries: [.init(name: "a", contents: [1, 2]), .init(name: "b", contents: [3])])
      .bytes
    for count in 0..<good.count {
      #expect(throws: FileError.self) { try ZipArchive(FileBytes(Array(good[..<count]), path: "a.zip")) }
    }
  }
}
