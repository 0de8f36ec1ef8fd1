import Files
import Foundation
import RandomNumbers
import Testing

@Suite struct LineReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let lines: [String]
    var testDescription: String { text.debugDescription }
    init(_ text: String, _ lines: [String]) { (self.text, self.lines) = (text, lines) }
  }

  static let cases = [
    Case("", []), Case("\n", [""]), Case("a", ["a"]), Case("a\n", ["a"]), Case("a\nb", ["a", "b"]),
    Case("\n\n", ["", ""]), Case("a\r\nb\r\n", ["a", "b"]), Case("\r\n", [""]), Case("a\r\r\n", ["a\r"]),
    Case("a\rb\n", ["a\rb"]), Case("a\r", ["a"]), Case("a\r\nb\r", ["a", "b"]),
    Case("a\r\r", ["a\r"]), Case("\r", [""]), Case("\u{feff}\r", [""]), Case(" a \n\tb\n", [" a ", "\tb"]),
    Case("\u{feff}a\n\u{feff}b\n", ["a", "\u{feff}b"]), Case("\u{feff}", []), Case("\u{feff}\n", [""]),
    Case("\u{feff}\r\n", [""]), Case("\u{feff}a", ["a"]),
    Case("ä\u{2028}ß\u{85}\u{c}\n", ["ä\u{2028}ß\u{85}\u{c}"]),
    Case("\u{feff}\u{feff}\n", ["\u{feff}"]),
  ]

  private func lines(_ path: String) throws -> [[UInt8]] {
    let reader = try LineReader(path: path)
    var lines: [[UInt8]] = []
    while let line = try reader.next() {
      lines.append(line)
      #expect(reader.lineNumber == lines.count)
    }
    #expect(try reader.next() == nil)
    return lines
  }

  @Test(arguments: cases) func splitsLines(_ item: Case) throws {
    let folder = TemporaryFolder()
    let expected = item.lines.map { Array($0.utf8) }
    #expect(try lines(folder.file(Array(item.text.utf8))) == expected)
    #expect(try lines(folder.file(storedGzip(Array(item.text.utf8)))) == expected)
    #expect(try lines(folder.file(storedGzip(Array(item.text.utf8), blockSize: 1))) == expected)
  }

  @Test func compressedMembersFollowEachOther() throws {
    let first = [UInt8](
      hex: "1f8b08000000000002032bcdcbe74ac92fe62a294a2d564025b8002a6570e51c000000")
    let second = [UInt8](hex: "1f8b08000000000000032b2c4d2c294ae50200673bb96307000000")
    let expected = ["uno", "dos", "tres tres tres tres", "quatre"].map { Array($0.utf8) }
    let folder = TemporaryFolder()
    #expect(try lines(folder.file(first + second, name: "a.gz")) == expected)
    #expect(try lines(folder.file(first + second, name: "name-without-ending")) == expected)
    #expect(try lines(folder.file(first + second + [0, 0, 0, 0], name: "zeros.gz")) == expected)
    #expect(try readFile(path: folder("a.gz")).count == 35)
  }

  @Test func everyCutOfCompressedDataIsAnError() throws {
    let member = storedGzip(Array("one\ntwo\nthree".utf8))
    let folder = TemporaryFolder()
    for length in 2..<member.count {
      let path = folder.file(Array(member[..<length]))
      #expect { try lines(path) } throws: {
        $0 as? FileError == .damagedGzip(path: path, reason: "its compressed data ends too early")
      }
      // A truncated second member must not pass for the end, either.
      let twice = folder.file(member + member[..<length])
      #expect(throws: FileError.self) { try lines(twice) }
    }
  }

  @Test func changedCompressedDataIsAnError() throws {
    let member = storedGzip(Array("one\ntwo\nthree".utf8))
    let folder = TemporaryFolder()
    for index in [2, 11, 13, 15, 20, member.count - 8, member.count - 4] {
      var damaged = member
      damaged[index] ^= 0x81
      let path = folder.file(damaged)
      #expect(throws: FileError.self) { try lines(path) }
    }
    let path = folder.file(member + Array("junk".utf8))
    #expect { try lines(path) } throws: { "\($0)".contains("something else follows its compressed data") }
  }

  @Test func linesMayBeLongerThanAnyBuffer() throws {
    let folder = TemporaryFolder()
    let long = [UInt8](repeating: 0x61, count: 3_000_000)
    let bytes = long + [0x0d, 0x0a] + long.dropLast() + [0x0a] + [0x62]
    for contents in [bytes, storedGzip(bytes)] {
      #expect(try lines(folder.file(contents)) == [long, long.dropLast(), [0x62]])
    }
  }

  /// Line ends can fall on the border of a buffer, or a CR before its LF.
  @Test func agreesWithSplitOnRandomBytes() throws {
    var random = SplitMix64(state: 1)
    let folder = TemporaryFolder()
    for round in 0..<20 {
      let alphabet: [UInt8] = round % 2 == 0 ? [0x0a, 0x0d, 0x61] : [0x0a, 0x0d] + Array(0x40...0x7f)
      let count = Int.random(in: 0...700_000, using: &random)
      let bytes = [0x62] + (0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      var expected = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      if expected.last?.isEmpty == true { expected.removeLast() }
      expected = expected.map { $0.last == 0x0d ? $0.dropLast() : $0 }
      #expect(
        try lines(folder.file(round % 3 == 0 ? storedGzip(bytes) : bytes)) == expected.map { Array($0) })
    }
  }

  @Test func returnsLinesOfAPipeAsTheyArrive() throws {
    let folder = TemporaryFolder()
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    let writer = open(folder("pipe"), O_RDWR)
    func send(_ text: String) { #expect(write(writer, text, text.utf8.count) == text.utf8.count) }
    let reader = try LineReader(path: folder("pipe"))
    #expect(try reader.nextWithoutWaiting() == .nothingYet)
    send("a\nb\nc")
    #expect(try reader.next() == [0x61])
    #expect(try reader.nextWithoutWaiting() == .line([0x62]))
    #expect(try reader.nextWithoutWaiting() == .nothingYet)
    send("d\n")
    #expect(try reader.nextWithoutWaiting() == .line([0x63, 0x64]))
    #expect(try reader.nextWithoutWaiting() == .nothingYet)
    send("end")
    close(writer)
    #expect(try reader.nextWithoutWaiting() == .line(Array("end".utf8)))
    #expect(try reader.nextWithoutWaiting() == .end)
    #expect(try reader.next() == nil)
  }

  @Test func missingFilesAndFoldersAreNamed() throws {
    let folder = TemporaryFolder()
    #expect(throws: FileError.notFound(path: folder("x"))) { _ = try LineReader(path: folder("x")) }
    #expect(throws: FileError.isAFolder(path: folder.path)) { _ = try LineReader(path: folder.path) }
    let path = folder.file([]) + "/x"
    #expect(throws: FileError.notReadable(path: path, reason: "not a directory")) {
      _ = try LineReader(path: path)
    }
  }

  @Test func mutatedCompressedDataNeverCrashes() throws {
    var random = SplitMix64(state: 2)
    let folder = TemporaryFolder()
    let member = [UInt8](hex: "1f8b08000000000002032bcdcbe74ac92fe62a294a2d564025b8002a6570e51c000000")
    var failures = 0
    for _ in 0..<3000 {
      let path = folder.file(random.mutated(member + member))
      do { _ = try lines(path) } catch is FileError { failures += 1 }
    }
    #expect(failures > 1000)
  }
}
