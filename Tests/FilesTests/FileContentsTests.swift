import Files
import Foundation
import Testing

@Suite struct FileContentsTests {
  let folder = TemporaryFolder()

  private func write(_ values: [Float]) throws -> SafetensorsReader {
    try SafetensorsFile([.init(name: "t", shape: [values.count], values: values)]).write(path: folder("file"))
    return try SafetensorsReader(path: folder("file"))
  }

  private func bytes(_ contents: FileContents) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: contents.start, count: contents.count))
  }

  @Test(arguments: [0, 1, 1000, 300_000]) func mappedAndReadBytesAreThoseOfTheFile(count: Int) throws {
    let reader = try write((0..<count).map { Float($0) })
    let (mapped, read) = try (reader.contents(), reader.contents(mayMap: false))
    // Temporary folders are on a disk or in memory.
    #expect(mapped.isMapped && !read.isMapped)
    let expected = try readFile(path: folder("file"))
    for contents in [mapped, read] {
      #expect(bytes(contents) == expected)
      #expect(try contents.checksum == fileSum(path: folder("file")))
      #expect(Int(bitPattern: contents.start).isMultiple(of: 64))
    }
  }

  @Test func tensorsAreAtTheirPlaces() throws {
    let values = (0..<100).map { Float($0) }
    let reader = try write(values)
    let contents = try reader.contents()
    let place = try reader.place(of: #require(reader.entry("t")))
    let numbers = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(start: contents.start, count: contents.count)[place])
    #expect(Array(numbers.bindMemory(to: Float.self)) == values)
    #expect(place.lowerBound.isMultiple(of: 64) && place.upperBound == contents.count)
  }

  /// Models are replaced like this while programs use them.
  @Test func aReplacedFileStaysAsItWas() throws {
    let contents = try write([1, 2, 3]).contents()
    let before = try readFile(path: folder("file"))
    #expect(contents.isMapped)
    _ = try write([4, 5, 6, 7])
    #expect(try readFile(path: folder("file")) != before)
    #expect(bytes(contents) == before)
  }

  @Test func aFileThatIsCutOffIsNotRead() throws {
    let reader = try write((0..<1000).map { Float($0) })
    let whole = try readFile(path: folder("file"))
    try truncate(folder("file"), whole.count - 1)
    #expect {
      try reader.contents(mayMap: false)
    } throws: {
      "\($0)".contains(folder("file")) && "\($0)".contains("became shorter")
    }
  }

  /// Cuts off a file where it is, as a program does that overwrites it.
  private func truncate(_ path: String, _ count: Int) throws {
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: UInt64(count))
  }
}

@Suite struct ReadingWithLimitsTests {
  let folder = TemporaryFolder()

  @Test func contentsOfAPathAndOfMemoryAreEqual() throws {
    let path = folder.file([1, 2, 3])
    let (mapped, copied) = (try FileContents(path: path), FileContents(copying: [1, 2, 3]))
    #expect(mapped.count == 3 && copied.count == 3 && !copied.isMapped)
    #expect(mapped.checksum == copied.checksum)
    #expect(throws: FileError.isAFolder(path: folder.path)) { try FileContents(path: folder.path) }
    #expect(throws: FileError.self) { try FileContents(path: "/dev/null") }
  }

  @Test func textsBeyondTheLimitAreErrors() throws {
    let zeros = storedGzip([UInt8](repeating: 0x61, count: 1000))
    let path = folder.file(zeros)
    #expect(try readTextFile(path: path, limit: 1000).count == 1000)
    #expect(throws: FileError.self) { try readTextFile(path: path, limit: 999) }
  }
}
