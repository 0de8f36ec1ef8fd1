import Files
import ModelFormats
import Testing

@Suite struct NumberedTokensTests {
  let folder = TemporaryFolder()

  private func read(_ text: String, _ name: String) throws -> NumberedTokens {
    try NumberedTokens(path: folder.file(Array(text.utf8), name))
  }

  private func words(_ list: NumberedTokens) -> [String?] {
    list.tokens.map { token in token.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test func readsMapsInAnyOrder() throws {
    let list = try read("b: 1\n</s>: 0\n\"\\x85\": 3\nnull: 4\n", "vocab.yml")
    #expect(words(list) == ["</s>", "b", nil, "\u{85}", "null"])
    #expect(list.tokens[3] == [0xc2, 0x85])
    #expect(list.holes == [2] && list.duplicates.isEmpty)
  }

  @Test func keepsWhatUnicodeCallsEqualApart() throws {
    let list = try read("{\"e\\u0301\":0,\"\\u00e9\":1}", "vocab.json")
    #expect(list.tokens.map { $0?.count } == [3, 2] && list.duplicates.isEmpty)
  }

  @Test func readsLists() throws {
    #expect(try words(read("[\"<unk>\", \"a\"]", "vocab.json")) == ["<unk>", "a"])
  }

  @Test func readsLines() throws {
    #expect(try words(read("a\r\nb\r\n", "vocab.txt")) == ["a", "b"])
    #expect(try words(read("a\r\nb\n\nc", "vocab.txt")) == ["a\r", "b", "", "c"])
  }

  @Test func reportsDuplicates() throws {
    let list = try read("a\nb\na\n", "vocab.txt")
    #expect(list.duplicates.map(\.id) == [2] && list.duplicates.first?.firstID == 0)
    #expect(try read("a: 0\na: 1", "vocab.yml").duplicates.map(\.token) == [Array("a".utf8)])
  }

  @Test(arguments: [
    ("a: x", "'x'"), ("a: -1", "'-1'"), ("a: [1]", "a list or map"), ("a: 0\nb: 0", "of 'a'"),
    ("a: 4294967295", "the id 4294967295"), ("a: 9223372036854775807", "the id"), ("text", "single text"),
    ("{}", "no tokens"), ("[[a]]", "no text"),
  ])
  func wrongMapsAreErrors(text: String, found: String) {
    let error = message { _ = try read(text, "vocab.yml") }
    #expect(error.contains("vocab.yml") && error.contains(found), "\(error)")
  }
}
