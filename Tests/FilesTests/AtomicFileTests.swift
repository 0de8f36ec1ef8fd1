import Files
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func writesWholeFiles() throws {
    let folder = TemporaryFolder()
    for contents in [[], [1, 2, 3], [UInt8](repeating: 7, count: 1_000_000)] as [[UInt8]] {
      try writeFileAtomically(path: folder("a"), contents: contents)
      #expect(try readFile(path: folder("a")) == contents)
      #expect(folder.names == ["a"])
    }
  }

  @Test func piecesOfAllSizesKeepTheirOrder() throws {
    let folder = TemporaryFolder()
    let file = try AtomicFile(path: folder("a"))
    var expected: [UInt8] = []
    for size in [1, 0, 100, 262_143, 1, 262_144, 5, 900_000, 3] {
      let piece = [UInt8](repeating: UInt8(size % 251), count: size)
      try file.write(piece)
      expected += piece
    }
    try file.write("end\n")
    #expect(!fileExists(folder("a")))
    try file.commit()
    #expect(try readFile(path: folder("a")) == expected + Array("end\n".utf8))
  }

  @Test func anAbandonedFileLeavesNothing() throws {
    let folder = TemporaryFolder()
    _ = folder.file([1], name: "a")
    do {
      let file = try AtomicFile(path: folder("a"))
      try file.write([2])
      // The old file, and the new one if the file system does not support unnamed files.
      #expect(folder.names.count <= 2 && folder.names.last == "a")
    }
    #expect(folder.names == ["a"])
    #expect(try readFile(path: folder("a")) == [1])
  }

  @Test func keepsPermissionsAndLinks() throws {
    let folder = TemporaryFolder()
    _ = folder.file([1], name: "a")
    #expect(chmod(folder("a"), 0o640) == 0 && symlink("a", folder("link")) == 0)
    try writeFileAtomically(path: folder("link"), contents: [2])
    #expect(try readFile(path: folder("a")) == [2])
    var status = stat()
    #expect(stat(folder("a"), &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(lstat(folder("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  @Test func aFullDiskIsNamed() throws {
    #expect(
      throws: FileError.notWritable(
        path: "/dev/full", reason: "the disk is full; free some space or choose another disk")
    ) {
      try writeFileAtomically(path: "/dev/full", contents: [1])
    }
    try writeFileAtomically(path: "/dev/null", contents: [1])
    #expect(fileExists("/dev/null") && fileExists("/dev/full"))
  }

  @Test func aDiskThatFillsUpKeepsTheOldFile() throws {
    let folder = TemporaryFolder()
    // Mounting needs root, and is not allowed in every container; otherwise `/dev/full` has to do.
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=1m") == 0 else { return }
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    try writeFileAtomically(path: folder("a"), contents: [1, 2, 3])
    let tensor = SafetensorsFile.Tensor(
      name: "t", shape: [1 << 20], values: Array(repeating: 1, count: 1 << 20))
    for write in [
      { try writeFileAtomically(path: folder("a"), contents: [UInt8](repeating: 0, count: 2_000_000)) },
      { try SafetensorsFile([tensor]).write(path: folder("a")) },
    ] as [() throws -> Void] {
      #expect(
        throws: FileError.notWritable(
          path: folder("a"), reason: "the disk is full; free some space or choose another disk")
      ) {
        try write()
      }
      #expect(folder.names == ["a"])
      #expect(try readFile(path: folder("a")) == [1, 2, 3])
    }
  }

  @Test func refusesFoldersAndMissingFolders() throws {
    let folder = TemporaryFolder()
    let file = folder.file([])
    #expect(throws: FileError.isAFolder(path: folder.path)) {
      try writeFileAtomically(path: folder.path, contents: [])
    }
    for path in [folder("none/a"), file + "/a"] {
      #expect(
        throws: FileError.notWritable(path: path, reason: "its folder does not exist; create it first")
      ) {
        try writeFileAtomically(path: path, contents: [])
      }
    }
    #expect(folder.names == ["file"])
  }

  @Test func createsFolders() throws {
    let folder = TemporaryFolder()
    try createFolder(folder("a/b/c/"))
    try createFolder(folder("a/b/c"))
    #expect(folderExists(folder("a/b/c")) && !fileExists(folder("a/b/c")))
    try requireWritableFolder(folder("d"))
    #expect(folder.names == ["a", "d"] && TemporaryFolder().names == [])
    let file = folder.file([])
    #expect(throws: FileError.notAFolder(path: file)) { try createFolder(file) }
    #expect(throws: FileError.notAFolder(path: file)) { try requireWritableFolder(file + "/x") }
  }

  /// Permissions do not apply to root, but nobody can create files in `/proc`.
  @Test(.enabled(if: folderExists("/proc/self"))) func anUnwritableFolderIsNamed() throws {
    #expect { try requireWritableFolder("/proc/self") } throws: {
      "\($0)".hasPrefix("cannot write '/proc/self': the folder takes no new files:")
    }
    #expect { try createFolder("/proc/self/x/y") } throws: {
      "\($0)".hasPrefix("cannot write '/proc/self/x': the folder cannot be created:")
    }
  }

  @Test func checksumsAreOfTheContent() throws {
    let folder = TemporaryFolder()
    let text = Array("123456789".utf8)
    #expect(try fileChecksum(path: folder.file(text)) == "crc32:cbf43926")
    #expect(try fileChecksum(path: folder.file(storedGzip(text))) == "crc32:cbf43926")
    #expect(try fileChecksum(path: folder.file([])) == "crc32:00000000")
    let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let digits = String(crc32(long), radix: 16)
    #expect(try fileChecksum(path: folder.file(long)).hasSuffix(digits))
  }
}
