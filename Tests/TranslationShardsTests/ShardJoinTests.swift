import Foundation
import TestSupport
import Testing
import TranslationShards

@Suite struct ShardJoinTests {
  static let text = (1...20).map { "line \($0)\n" }.joined()

  private func complete() throws -> ShardFixture {
    let fixture = try ShardFixture(Self.text)
    for number in 1...3 { try fixture.translate(number, of: 3) }
    return fixture
  }

  private func change(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old), "no '\(old)' in \(text)")
    try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func missingShardsAreNamed() throws {
    let fixture = try ShardFixture(Self.text)
    for number in [2, 5, 6] { try fixture.translate(number, of: 10) }
    try fixture.translate(4, of: 10, lines: 1)
    let join = try ShardJoin(folder: fixture.parts)
    #expect(join.listing.missing == [1, 3, 4, 7, 8, 9, 10])
    #expect(join.begun.map(\.number) == [4] && join.begun.map(\.lines) == [1])
    #expect { try join.records() } throws: {
      let words = "\($0)"
      return words.contains("3 of 10 shards are translated, 1 begun") && words.contains("1,3-4,7-10")
    }
  }

  @Test func folderWithoutShardsAndWithThoseOfSeveralDivisionsAreErrors() throws {
    let fixture = try ShardFixture(Self.text)
    #expect { try ShardJoin(folder: fixture.folder.path) } throws: {
      $0 as? ShardError == .none(folder: fixture.folder.path)
    }
    try fixture.translate(1, of: 2)
    for name in ["", ".json"] {
      try FileManager.default.copyItem(
        atPath: "\(fixture.parts)/part-1-of-2\(name)", toPath: "\(fixture.parts)/part-1-of-3\(name)")
    }
    #expect { try ShardJoin(folder: fixture.parts) } throws: {
      $0 as? ShardError == .mixed(folder: fixture.parts, counts: [2, 3])
    }
  }

  @Test(arguments: [
    ("[line 9]", "[line X]", "SHA-256"), ("[line 9]", "[line 99]", "bytes"),
    ("[line 9]\n[", "[line 9] [", "lines"),
  ])
  func damagedTranslationIsNamed(old: String, new: String, word: String) throws {
    let fixture = try complete()
    try change(fixture.parts + "/part-2-of-3", old, new)
    #expect { try fixture.joined() } throws: {
      let words = "\($0)"
      return words.contains("part-2-of-3'") && words.contains(word) && words.contains("shard 2 of 3")
    }
  }

  @Test(arguments: [
    ("xxh64:1", "xxh64:2", "another model"), ("\"--beam\" : \"1\"", "\"--beam\" : \"2\"", "other options"),
    ("\"to\" : 103", "\"to\" : 102", "begin where the first ends"),
    ("\"size\" : 151", "\"size\" : 152", "different texts"),
    ("\"shard\" : 2", "\"shard\" : 1", "shard 1 of 3"),
  ])
  func recordsThatContradictEachOtherAreErrors(old: String, new: String, words: String) throws {
    let fixture = try complete()
    try change(fixture.parts + "/part-2-of-3.json", old, new)
    #expect { try fixture.joined() } throws: { "\($0)".contains(words) && "\($0)".contains("part-2-of-3") }
  }

  @Test func otherTextIsNoticed() throws {
    let fixture = try complete()
    #expect(try fixture.joined(input: fixture.input) == fixture.expected())
    for text in [Self.text.replacingOccurrences(of: "line 19", with: "lime 19"), Self.text + "more\n"] {
      try fixture.replace(text)
      #expect { try fixture.joined(input: fixture.input) } throws: { "\($0)".contains("other text") }
    }
  }
}
