import Files
import Foundation
import Testing

@Suite struct CommitTogetherTests {
  let folder = TemporaryFolder()

  func staged(_ name: String, _ contents: [UInt8]) throws -> AtomicFile {
    try stagedFile(path: folder(name), contents: contents)
  }

  @Test func allFilesAppearTogether() throws {
    _ = folder.file([1], name: "a")
    let files = [try staged("a", [2]), try staged("b", [3])]
    #expect(try readFile(path: folder("a")) == [1] && !fileExists(folder("b")))
    try commitTogether(files)
    #expect(try readFile(path: folder("a")) == [2] && readFile(path: folder("b")) == [3])
    #expect(folder.names == ["a", "b"])
  }

  @Test func ifOneCannotBeMovedNoneIs() throws {
    _ = folder.file([1], name: "a")
    do {
      let files = [try staged("a", [2]), try staged("new", [3]), try staged("c", [4])]
      // A folder that came in the meantime, which a file cannot replace.
      try FileManager.default.createDirectory(atPath: folder("c"), withIntermediateDirectories: false)
      #expect(throws: FileError.isAFolder(path: folder("c"))) { try commitTogether(files) }
    }
    #expect(try readFile(path: folder("a")) == [1])
    #expect(folder.names == ["a", "c"])
  }

  @Test func aChecksumIsThatOfTheFile() throws {
    for size in [0, 1, 31, 32, 300_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
      let file = try AtomicFile(path: folder("sum"), isSummed: true)
      for start in stride(from: 0, to: size, by: 1000) {
        try file.write(Array(bytes[start..<min(start + 1000, size)]))
      }
      let sum = try #require(file.checksum)
      try file.commit()
      #expect(try fileSum(path: folder("sum")) == sum)
      var checksum = Checksum()
      unsafe checksum.add(bytes.span.bytes)
      #expect(sum == "xxh64:\(checksum.digits)")
    }
  }

  @Test func onlyTemporaryFilesOfTheNamesAreRemoved() throws {
    let kept = [".a.tmp", ".b.1x.tmp", "a", "a.1x.tmp", ".a.1x"]
    for name in kept + [".a.1x.tmp", ".c.d.2y.tmp"] { _ = folder.file([1], name: name) }
    removeTemporaryFiles(in: folder.path, of: ["a", "c.d"])
    #expect(Set(folder.names) == Set(kept))
  }
}
