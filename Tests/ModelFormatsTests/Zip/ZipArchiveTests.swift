import Files
import ModelFormats
import Testing

@Suite struct ZipArchiveTests {
  let folder = TemporaryFolder()

  @Test(arguments: [true, false])
  func writtenEntriesAreReadAgain(isCompressed: Bool) throws {
    let contents: [[UInt8]] = [
      [], [1], Array("hello\n".utf8), (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) },
    ]
    let writer = try ZipWriter(path: folder("a.zip"))
    for (index, bytes) in contents.enumerated() {
      try writer.add(name: "folder/é\(index)", contents: bytes, isCompressed: isCompressed)
    }
    try writer.commit()
    let archive = try ZipArchive(path: folder("a.zip"))
    #expect(archive.entries.map(\.name) == (0..<4).map { "folder/é\($0)" })
    for (index, bytes) in contents.enumerated() {
      let entry = try #require(archive["folder/é\(index)"])
      #expect(entry.size == bytes.count && entry.isStored != isCompressed)
      #expect(try entry.contents() == bytes)
      let reader = entry.reader()
      var pieces: [[UInt8]] = []
      while let piece = try reader.next() { pieces.append(piece) }
      #expect(pieces.allSatisfy { !$0.isEmpty && $0.count <= 65536 })
      #expect(Array(pieces.joined()) == bytes)
    }
    #expect(archive["folder/none"] == nil)
  }

  @Test func readsWideNumbersDescriptorsFoldersAndComments() throws {
    var zip = HandmadeZip()
    zip.entries = [
      .init(name: "folder/", contents: []),
      .init(name: "a", contents: Array("abc".utf8), isWide: true, hasDescriptor: true),
      .init(name: "b", contents: [1, 2], extra: [9, 0, 2, 0, 1, 2]),
    ]
    zip.comment = Array("PK\u{5}\u{6} is no record".utf8)
    for isWide in [false, true] {
      zip.isWide = isWide
      let archive = try ZipArchive(FileBytes(zip.bytes, path: "a.zip"))
      #expect(archive.entries.map(\.name) == ["a", "b"])
      #expect(try archive["a"]?.contents() == Array("abc".utf8))
      #expect(try archive["b"]?.contents() == [1, 2])
    }
  }
}
