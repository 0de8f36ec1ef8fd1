import Files
import Foundation
import TestSupport
import Testing
import TranslationShards

@Suite struct ShardTaskTests {
  static let text = (1...20).map { "line \($0)\n" }.joined()

  @Test(arguments: ["", "\n", "a", "a\r\nb", "\u{feff}a\n\nb\n", "\u{feff}", text])
  func joinedShardsAreTheWholeTranslation(text: String) throws {
    for count in [1, 2, 3, 7, 30] {
      let fixture = try ShardFixture(text)
      for number in (1...count).reversed() { try fixture.translate(number, of: count) }
      #expect(try fixture.joined(input: fixture.input) == fixture.expected(), "\(count) shards")
      #expect(!fixture.folder.names.contains { $0.contains("partial") })
      let line = try String(contentsOfFile: fixture.parts + "/progress.txt", encoding: .utf8)
      #expect(line == "\(count) of \(count) shards are translated\n")
    }
  }

  @Test func everyLineIsTranslatedOnceHoweverOftenTheWorkIsInterrupted() throws {
    let fixture = try ShardFixture(Self.text)
    var lines: [String] = []
    while true {
      let more = try fixture.translate(2, of: 3, lines: 2)
      if more.isEmpty { break }
      lines += more
    }
    try fixture.translate(1, of: 3)
    try fixture.translate(3, of: 3)
    #expect(lines == ["line 9", "line 10", "line 11", "line 12", "line 13", "line 14"])
    #expect(try fixture.joined() == fixture.expected())
  }

  @Test func whatIsNotRecordedIsTranslatedAgain() throws {
    var fixture = try ShardFixture(Self.text)
    let partial = fixture.parts + "/part-1-of-2.partial"
    try fixture.translate(1, of: 2, lines: 3)
    // Half a line that reached the file after the last record, as after a crash.
    try Data((String(contentsOfFile: partial, encoding: .utf8) + "[line").utf8).write(
      to: URL(fileURLWithPath: partial))
    #expect(try fixture.translate(1, of: 2).first == "line 4")
    // Recorded bytes that are not there, or others: everything is translated again.
    for damage in ["", "[line 1]\n[line X]\n[line 3]\n[line 4]\n"] {
      fixture = try ShardFixture(Self.text)
      try fixture.translate(1, of: 2)
      try fixture.translate(2, of: 2, lines: 3)
      try Data(damage.utf8).write(to: URL(fileURLWithPath: fixture.parts + "/part-2-of-2.partial"))
      #expect(try fixture.translate(2, of: 2).first == "line 12")
      #expect(try fixture.joined() == fixture.expected())
    }
  }

  @Test func wholeShardIsSkippedWithoutReadingTheText() throws {
    let fixture = try ShardFixture(Self.text)
    try fixture.translate(1, of: 2)
    #expect(try fixture.task(1, of: 2).finished()?.output.lines == 11)
    #expect(try fixture.task(2, of: 2).finished() == nil)
    // The same text at another time is recognized by its digest.
    try fixture.replace(Self.text)
    #expect(try fixture.task(1, of: 2).finished() != nil)
    // A translation that is gone or cut off is made again.
    try Data("[line 1]\n".utf8).write(to: URL(fileURLWithPath: fixture.parts + "/part-1-of-2"))
    #expect(try fixture.task(1, of: 2).finished() == nil)
    #expect(try fixture.translate(1, of: 2).count == 11)
  }

  @Test(arguments: [true, false]) func otherModelOptionsTextAndCountAreRefused(isWhole: Bool) throws {
    let fixture = try ShardFixture(Self.text)
    try fixture.translate(1, of: 2, lines: isWhole ? .max : 3)
    var other = fixture
    other.settings.model = ["xxh64:2"]
    #expect { try other.translate(1, of: 2) } throws: { "\($0)".contains("another model") }
    other = fixture
    other.settings.options["--beam"] = "5"
    #expect { try other.translate(1, of: 2) } throws: {
      "\($0)".contains("other options (--beam 1, now --beam 5)") && "\($0)".contains("part-1-of-2")
    }
    other.settings.options = [:]
    #expect { try other.translate(1, of: 2) } throws: { "\($0)".contains("now no --beam") }
    #expect { try fixture.translate(1, of: 3) } throws: {
      $0 as? ShardError == .otherCount(folder: fixture.parts, found: 2, wanted: 3)
    }
    try fixture.replace("other " + Self.text)
    #expect { try fixture.translate(1, of: 2) } throws: { "\($0)".contains("other text") }
  }

  @Test func anotherShardOfTheFolderTellsTheModel() throws {
    var fixture = try ShardFixture(Self.text)
    try fixture.translate(1, of: 2)
    fixture.settings.model = ["xxh64:2"]
    #expect { try fixture.translate(2, of: 2, resumes: false) } throws: {
      "\($0)".contains("another model") && "\($0)".contains("part-1-of-2")
    }
  }

  @Test func twoProcessesDoNotTranslateOneShard() throws {
    let fixture = try ShardFixture(Self.text)
    let output = try fixture.task(1, of: 2).begin(resumes: true, needsLineNumbers: false)
    #expect { try fixture.translate(1, of: 2) } throws: { "\($0)".contains("another process") }
    #expect(output?.lineCount == 11)
  }

  @Test func changedTextIsNotCommitted() throws {
    let fixture = try ShardFixture(Self.text)
    let output = try #require(try fixture.task(1, of: 1).begin(resumes: false, needsLineNumbers: false))
    try output.write((1...20).map { "[line \($0)]" }, of: 20)
    try fixture.replace(Self.text + "more\n")
    #expect { try output.commit() } throws: {
      $0 as? ShardError == .inputChanged(path: fixture.input)
    }
  }

  @Test func linesAreNumberedAsInTheWholeText() throws {
    let fixture = try ShardFixture(Self.text)
    let output = try fixture.task(2, of: 3).begin(resumes: false, needsLineNumbers: true)
    let reader = try #require(try output?.rest.reader())
    #expect(try reader.next() == Array("line 9".utf8))
    #expect(reader.lineNumber == 9)
  }
}
