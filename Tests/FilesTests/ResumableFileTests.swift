import Files
import Testing

@Suite struct ResumableFileTests {
  private func contents(_ path: String) throws -> String {
    String(decoding: try readFile(path: path), as: UTF8.self)
  }

  @Test func anotherProcessGoesOnBehindWhatIsKept() throws {
    let folder = TemporaryFolder()
    let path = folder.file(Array("old".utf8), name: "out")
    do {
      let file = try ResumableFile(path: path)
      try file.write(Array("one\ntwo\nhalf".utf8))
      try file.synchronize()
    }
    #expect(folder.names == ["out", "out.partial"])
    let file = try ResumableFile(path: path)
    #expect(try file.size() == 12)
    var read: [UInt8] = []
    try file.read(first: 8) { read += $0 }
    #expect(String(decoding: read, as: UTF8.self) == "one\ntwo\n")
    try file.keep(first: 8)
    try file.write(Array("three\n".utf8))
    #expect(try contents(path) == "old")
    try file.commit()
    #expect(try contents(path) == "one\ntwo\nthree\n")
    #expect(folder.names == ["out"])
  }

  @Test func onlyOneWriterHasTheFile() throws {
    let folder = TemporaryFolder()
    let file = try ResumableFile(path: folder("out"))
    #expect { try ResumableFile(path: folder("out")) } throws: { "\($0)".contains("another process") }
    // Once it has its name, others may begin anew.
    try file.commit()
    let second = try ResumableFile(path: folder("out"))
    #expect(try second.size() == 0)
    second.remove()
    #expect(folder.names == ["out"])
  }

  @Test func missingFolderIsNamed() throws {
    #expect { try ResumableFile(path: "/no/folder/out") } throws: { "\($0)".contains("/no/folder/out") }
  }
}
