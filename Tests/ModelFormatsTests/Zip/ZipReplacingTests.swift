import Files
import ModelFormats
import Testing

@Suite struct ZipReplacingTests {
  let folder = TemporaryFolder()

  private func opened(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(FileBytes(bytes, path: "a.zip"))
  }

  @Test func othersAreCopiedAsTheyAre() throws {
    let writer = try ZipWriter(path: folder("a.zip"))
    let long = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 >> 8) }
    try writer.add(name: "first", contents: Array("stored".utf8))
    try writer.add(name: "é/long", contents: long, isCompressed: true)
    try writer.add(name: "text", contents: Array("old".utf8), isCompressed: true)
    try writer.add(name: "last", contents: [], isCompressed: false)
    try writer.commit()
    let bytes = try FileBytes(path: folder("a.zip")).array
    let archive = try opened(bytes)
    #expect(try archive.replacing([:]) == bytes)
    let changed = try archive.replacing(["text": Array("the new text".utf8), "none": [1]])
    let new = try opened(changed)
    #expect(new.entries.map(\.name) == archive.entries.map(\.name))
    #expect(new.entries.map(\.isStored) == archive.entries.map(\.isStored))
    #expect(try new["text"]?.contents() == Array("the new text".utf8))
    #expect(try new["é/long"]?.contents() == long && new["last"]?.contents() == [])
    // What precedes the change has the same bytes.
    #expect(changed.starts(with: bytes[..<400]))
    #expect(try opened(new.replacing(["text": Array("old".utf8)])).replacing([:]) == bytes)
  }

  @Test func foldersAndDescriptors() throws {
    var zip = HandmadeZip()
    zip.entries = [
      .init(name: "folder/", contents: []),
      .init(name: "a", contents: Array("abc".utf8), isWide: true, hasDescriptor: true),
      .init(name: "b", contents: [1, 2], extra: [9, 0, 2, 0, 1, 2]),
    ]
    let changed = try opened(zip.bytes).replacing(["b": [3]])
    let new = try opened(changed)
    #expect(try new["a"]?.contents() == Array("abc".utf8) && new["b"]?.contents() == [3])
    #expect(changed.firstRange(of: Array("folder/".utf8)) != nil)
  }
}
