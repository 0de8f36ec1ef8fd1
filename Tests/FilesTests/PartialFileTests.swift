import Files
import Foundation
import Testing

@Suite struct PartialFileTests {
  let folder: TemporaryFolder

  init() { folder = TemporaryFolder() }

  private func contents(_ name: String) throws -> String {
    try String(contentsOfFile: folder(name), encoding: .utf8)
  }

  @Test func completeFilesHaveTheirName() throws {
    let file = try PartialFile(path: folder("out"))
    try file.write(Array("one\n".utf8))
    try file.flush()
    #expect(try contents("out.partial") == "one\n")
    #expect(file.partialPath == folder("out.partial"))
    try file.write(Array("two\n".utf8))
    try file.commit()
    #expect(try contents("out") == "one\ntwo\n")
    #expect(folder.names == ["out"])
    #expect(file.partialPath == nil)
  }

  @Test func whatWasFlushedStaysAndTheOldFileToo() throws {
    try "old".write(toFile: folder("out"), atomically: false, encoding: .utf8)
    for (index, name) in ["out.partial", "out.partial2", "out.partial3"].enumerated() {
      let file = try PartialFile(path: folder("out"))
      try file.write(Array("line \(index)\n".utf8))
      try file.flush()
      #expect(file.partialPath == folder(name))
    }
    #expect(try contents("out") == "old")
    #expect(try contents("out.partial2") == "line 1\n")
    #expect(folder.names == ["out", "out.partial", "out.partial2", "out.partial3"])
    let file = try PartialFile(path: folder("out"))
    try file.write(Array("new\n".utf8))
    try file.commit()
    #expect(try contents("out") == "new\n")
    #expect(folder.names == ["out", "out.partial", "out.partial2", "out.partial3"])
  }

  @Test func nothingIsLeftOfWorkWithoutResults() throws {
    do {
      let file = try PartialFile(path: folder("out"))
      try file.flush()
      #expect(file.partialPath == nil || file.partialPath == folder("out.partial"))
    }
    #expect(folder.names == [])
    try PartialFile(path: folder("empty")).commit()
    #expect(try contents("empty") == "")
    #expect(folder.names == ["empty"])
  }

  /// As long as it is not complete, all that was flushed can be read.
  @Test func namesOfGzipFilesAreHonored() throws {
    let file = try PartialFile(path: folder("out.gz"))
    for line in ["one\n", "two\n"] {
      try file.write(Array(line.utf8))
      try file.flush()
    }
    let reader = try LineReader(path: folder("out.gz.partial"))
    #expect(try reader.next() == Array("one".utf8))
    #expect(try reader.next() == Array("two".utf8))
    #expect { try reader.next() } throws: { "\($0)".contains("damaged") }
    try file.commit()
    #expect(try readFile(path: folder("out.gz")) == Array("one\ntwo\n".utf8))
    #expect(folder.names == ["out.gz"])
    #expect(FileManager.default.contents(atPath: folder("out.gz"))?.prefix(2) == Data([0x1F, 0x8B]))
  }

  @Test func linksAreFollowedAndPermissionsStay() throws {
    try "old".write(toFile: folder("real"), atomically: false, encoding: .utf8)
    #expect(chmod(folder("real"), 0o640) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder("link"), withDestinationPath: folder("real"))
    let file = try PartialFile(path: folder("link"))
    try file.write(Array("new".utf8))
    try file.commit()
    #expect(try contents("real") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("link")).hasSuffix("real"))
    let mode = try FileManager.default.attributesOfItem(atPath: folder("real"))[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test func devicesAndFolders() throws {
    let device = try PartialFile(path: "/dev/null")
    try device.write([10])
    try device.commit()
    #expect(device.partialPath == nil)
    #expect(throws: FileError.isAFolder(path: folder.path)) { try PartialFile(path: folder.path) }
    #expect(throws: FileError.self) { try PartialFile(path: "/no/folder/out") }
    let full = try PartialFile(path: "/dev/full")
    try full.write([10])
    #expect { try full.flush() } throws: { "\($0)".contains("disk is full") }
  }
}
