import Files
import Foundation
import RandomNumbers
import Testing

@Suite struct TextOutputFileTests {
  private let folder = TemporaryFolder()

  private func write(_ texts: [String], name: String) throws -> [UInt8] {
    let file = try TextOutputFile(path: folder(name))
    for text in texts { try file.write(text) }
    #expect(!folder.names.contains(name), "a file is there before it is complete")
    try file.commit()
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder(name))))
  }

  @Test(arguments: ["a.gz", "a.txt.GZ", "name with spaces.gz"])
  func nameThatEndsInGzIsGzip(name: String) throws {
    let bytes = try write(["one\n", "", "zwei ü\n", "東京\n"], name: name)
    #expect(bytes.starts(with: [0x1f, 0x8b]))
    #expect(try readFile(path: folder(name)) == Array("one\nzwei ü\n東京\n".utf8))
  }

  @Test(arguments: ["a", "a.txt", "gz", "a.gz.txt"])
  func otherNameIsPlain(name: String) throws {
    #expect(try write(["one\n", "two\n"], name: name) == Array("one\ntwo\n".utf8))
  }

  @Test func emptyFileIsACompleteMember() throws {
    #expect(try write([], name: "empty.gz").count > 10)
    #expect(try readFile(path: folder("empty.gz")).isEmpty)
  }

  @Test func sameTextGivesTheSameBytes() throws {
    #expect(try write(["a\n", "b\n"], name: "1.gz") == write(["a\n", "b\n"], name: "2.gz"))
  }

  @Test func uncommittedFileLeavesNothing() throws {
    do {
      let file = try TextOutputFile(path: folder("a.gz"))
      try file.write("text")
    }
    #expect(folder.names.isEmpty)
  }

  /// Text that does not compress, so that there is more output than fits in one piece.
  @Test func largeTextComesBack() throws {
    var random = SplitMix64(state: 3)
    let text = (0..<400_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let file = try TextOutputFile(path: folder("large.gz"))
    for start in stride(from: 0, to: text.count, by: 7001) {
      try file.write(Array(text[start..<min(start + 7001, text.count)]))
    }
    try file.commit()
    #expect(try readFile(path: folder("large.gz")) == text)
  }

  @Test func flushedPartCanBeRead() throws {
    let deflater = Deflater()
    var bytes = deflater.compress(Array("one\ntwo\n".utf8))
    bytes += deflater.flush()
    let reader = try LineReader(path: folder.file(bytes, name: "part.gz"))
    #expect(try reader.next() == Array("one".utf8))
    #expect(try reader.next() == Array("two".utf8))
    #expect(throws: FileError.self) { try reader.next() }
    bytes += deflater.compress(Array("three".utf8)) + deflater.finish()
    #expect(try readFile(path: folder.file(bytes, name: "whole.gz")) == Array("one\ntwo\nthree".utf8))
  }
}
