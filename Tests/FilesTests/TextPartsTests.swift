import Files
import Testing

/// Every line of a text is in exactly one part, for any number of parts.
@Suite struct TextPartsTests {
  static let texts = [
    "", "\n", "a", "a\n", "a\nb", "\n\n\n", "a\r\nb\r\n", "a\r\n\r\nb", "one\ntwo\nthree\nfour\n",
    "short\n\(String(repeating: "long ", count: 30))\nshort\n", "\u{feff}a\n\u{feff}b\n", "\u{feff}",
    "a\rb\n",
    "\u{feff}\r\nä\u{2028}ö\n😀😀😀\n\n", String(repeating: "x\n", count: 23),
  ]

  private func lines(_ reader: LineReader) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func check(_ path: String, size: Int) throws {
    let whole = try lines(LineReader(path: path))
    for count in 1...size + 3 {
      let parts = try TextParts(path: path, count: count)
      #expect(parts.size == size)
      var (found, end) = ([[UInt8]](), 0)
      for index in 0..<count {
        let range = try parts.range(of: index)
        // Adjacent, so that no byte is lost or read twice.
        #expect(range.lowerBound == end)
        end = range.upperBound
        let reader = try LineReader(path: path, range: range, preceding: found.count)
        found += try lines(reader)
        #expect(reader.lineNumber == found.count)
      }
      #expect(end == size)
      #expect(found == whole, "\(count) parts")
    }
  }

  @Test(arguments: texts) func everyLineIsInOnePart(text: String) throws {
    let (folder, bytes) = (TemporaryFolder(), Array(text.utf8))
    try check(folder.file(bytes), size: bytes.count)
    try check(folder.file(storedGzip(bytes, blockSize: 5)), size: bytes.count)
    withExtendedLifetime(folder) {}
  }

  /// A part is no gzip file, whatever it begins with.
  @Test func bytesOfGzipWithinATextArePlain() throws {
    let bytes = Array("aaaa\n".utf8) + [0x1f, 0x8b, 0x0a] + Array("b\n".utf8)
    let folder = TemporaryFolder()
    try check(folder.file(bytes), size: bytes.count)
    withExtendedLifetime(folder) {}
  }

  /// Boundaries within, before and behind the pieces in which files are read.
  @Test func largeFilesAreDividedAtAnyPlace() throws {
    let folder = TemporaryFolder()
    let text = (0..<60_000).map { "line \($0 * $0 % 99_991)\n" }.joined()
    let path = folder.file(Array(text.utf8))
    let whole = try lines(LineReader(path: path))
    for count in [2, 3, 7, 64] {
      let parts = try TextParts(path: path, count: count)
      let ranges = try (0..<count).map { try parts.range(of: $0) }
      #expect(try ranges.flatMap { try lines(LineReader(path: path, range: $0)) } == whole)
      // About equally large.
      #expect(ranges.allSatisfy { abs($0.count - parts.size / count) < 40 })
    }
  }

  @Test func whatIsNoRegularTextIsRefused() throws {
    let folder = TemporaryFolder()
    #expect { try TextParts(path: folder("none"), count: 2) } throws: {
      $0 as? FileError == .notFound(path: folder("none"))
    }
    #expect { try TextParts(path: "/dev/null", count: 2) } throws: { "\($0)".contains("no regular file") }
    let wide = folder.file([0xff, 0xfe, 0x61, 0, 0x0a, 0, 0x62, 0, 0x0a, 0])
    #expect { try TextParts(path: wide, count: 2) } throws: { "\($0)".contains("UTF-16") }
  }
}
