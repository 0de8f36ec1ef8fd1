import Files
import ModelFormats
import RandomNumbers
import Testing

@Suite struct LexicalShortlistTests {
  let folder = TemporaryFolder()
  let list = LexicalShortlist(firstCount: 2, bestCount: 3, lists: [[], [9, 4], [1], [7]])

  private func parse(_ bytes: [UInt8], size: Int = 20) throws -> LexicalShortlist {
    try LexicalShortlist(binary: FileBytes(bytes, path: "lex.bin"), vocabularySize: size)
  }

  /// The checksum as Marian computes it.
  private func signed(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt64 = 0
    for start in stride(from: 16, to: bytes.count - 7, by: 8) {
      let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
      sum ^= word &+ 0x9e37_79b9 &+ (sum << 6) &+ (sum >> 2)
    }
    return bytes.with(sum, at: 8)
  }

  @Test func candidatesAreFilledToEight() {
    #expect(list.candidates(for: [1], vocabularySize: 20) == [0, 1, 2, 3, 4, 5, 6, 9])
    #expect(list.candidates(for: [1, 1, 3], vocabularySize: 20) == [0, 1, 2, 3, 4, 5, 7, 9])
    #expect(list.candidates(for: [0], vocabularySize: 20) == Array(0..<8))
    #expect(
      list.candidates(for: [15, -1, 99], vocabularySize: 20, isShared: true) == [0, 1, 2, 3, 4, 5, 6, 15])
    #expect(list.candidates(for: [1], vocabularySize: 5) == Array(0..<5))
  }

  /// Against Marian's rule, written in the plainest way.
  @Test func candidatesEqualANaiveReference() {
    var random = SplitMix64(state: 5)
    for _ in 0..<200 {
      let (size, first) = (Int.random(in: 1...60, using: &random), Int.random(in: 0...20, using: &random))
      let lists = (0..<size).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          UInt32.random(in: 0..<UInt32(size), using: &random)
        }
      }
      let sources = (0..<4).map { _ in Int.random(in: 0..<size, using: &random) }
      var expected = Set(0..<min(first, size))
      for source in sources { expected.formUnion(lists[source].map { Int($0) }) }
      for id in 0..<size where id >= first && expected.count % 8 != 0 { expected.insert(id) }
      let shortlist = LexicalShortlist(firstCount: first, bestCount: 9, lists: lists)
      #expect(shortlist.candidates(for: sources, vocabularySize: size) == expected.sorted())
    }
  }

  @Test func writtenFilesAreReadAgain() throws {
    try list.writeBinary(path: folder("lex.bin"))
    let bytes = folder.bytes("lex.bin")
    #expect(bytes == signed(bytes))
    #expect(bytes.count == 48 + 5 * 8 + 4 * 4)
    #expect(LexicalShortlist.isBinary(try FileBytes(path: folder("lex.bin"))))
    #expect(try parse(bytes) == list)
    #expect(Array(list[1]) == [4, 9] && list[0].isEmpty && list[-1].isEmpty && list[4].isEmpty)
    #expect(list.sourceCount == 4 && list.greatestID == 9)
  }

  @Test func theLastListIsNeverEmptyInFiles() throws {
    try LexicalShortlist(firstCount: 1, bestCount: 1, lists: [[3], []]).writeBinary(path: folder("lex.bin"))
    let read = try parse(folder.bytes("lex.bin"))
    #expect(Array(read[0]) == [3] && Array(read[1]) == [0])
  }

  static let changes: [(place: Int, number: UInt64, error: String)] = [
    (0, 1, "first bytes"), (8, 1, "checksum"), (16, 1 << 63, "first"), (32, 1 << 61, "announced"),
    (32, .max, "announced"), (32, 0, "announced"), (40, 1 << 62, "announced"), (48, 1, "ascend"),
    (56, 1 << 40, "ascend"), (56, .max, "ascend"), (80, 3, "ascend"),
    (88, 0xffff_ffff, "target id 4294967295"),
  ]

  @Test(arguments: changes)
  func lyingNumbersAreErrors(change: (place: Int, number: UInt64, error: String)) throws {
    try list.writeBinary(path: folder("lex.bin"))
    var bytes = folder.bytes("lex.bin").with(change.number, at: change.place)
    if change.place != 8 { bytes = signed(bytes) }
    let error = message { _ = try parse(bytes) }
    #expect(error.contains("lex.bin") && error.contains(change.error), "\(error)")
  }

  @Test func everyCutIsAnError() throws {
    try list.writeBinary(path: folder("lex.bin"))
    let bytes = folder.bytes("lex.bin")
    for count in 0..<bytes.count { #expect(throws: FileError.self) { try parse(Array(bytes[..<count])) } }
    #expect(throws: FileError.self) { try parse(bytes, size: 9) }
  }

  @Test func readsTexts() throws {
    let path = folder.file(
      Array(
        "Haus house 0.5\nHeim house 0.25\nHof house 0.75\nNULL house 0.9\nHaus NULL 1\nHaus home 1e-3\nx y 1\nHof house 0.1\n"
          .utf8))
    let sources = ["house": 0, "home": 1], targets = ["Haus": 5, "Heim": 6, "Hof": 7]
    var options = LexicalShortlist.TextOptions()
    options.firstCount = 3
    options.bestCount = 2
    options.leastProbability = 0.01
    let list = try LexicalShortlist(
      textPath: path, options: options, sourceCount: 3,
      sourceID: { sources[String(decoding: $0, as: UTF8.self)] },
      targetID: { targets[String(decoding: $0, as: UTF8.self)] })
    #expect(list == LexicalShortlist(firstCount: 3, bestCount: 2, lists: [[5, 7], [], []]))
  }

  @Test(arguments: ["a b", "a b c", "a b -1", "a b nan", "a b 1 2"])
  func wrongLinesAreErrors(line: String) {
    let path = folder.file(Array("a b 0.5\n\(line)\n".utf8), "lex")
    let error = message {
      _ = try LexicalShortlist(textPath: path, sourceCount: 1, sourceID: { _ in 0 }, targetID: { _ in 0 })
    }
    #expect(error.contains("lex: line 2: found '\(line)'"))
  }
}
