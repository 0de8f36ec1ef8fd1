import Files
import ModelFormats
import Testing

@Suite struct FairseqDictionaryTests {
  private func read(_ text: String) throws -> [String] {
    try FairseqDictionary(Array(text.utf8), path: "dict.de.txt").tokens.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func specialTokensComeFirst() throws {
    #expect(try read("die 120\nde@@ 7\r\n") == ["<s>", "<pad>", "</s>", "<unk>", "die", "de@@"])
    #expect(try read("") == ["<s>", "<pad>", "</s>", "<unk>"])
  }

  /// The count is after the last space.
  @Test func tokensMayHaveSpaces() throws {
    #expect(try read("a b 3\n").last == "a b")
  }

  @Test func aLineMayReplaceATokenOnlyIfItSaysSo() throws {
    #expect(try read("a 1\na 2 #fairseq:overwrite\n").count == 6)
    #expect { try read("a 1\na 2\n") } throws: { "\($0)".contains("line 2") && "\($0)".contains("token 4") }
    #expect { try read("<pad> 1\n") } throws: { "\($0)".contains("token 1") }
  }

  @Test(arguments: ["a\n", "a b\n", " 3\n", "\n"])
  func otherLinesAreErrors(text: String) {
    #expect { try read("x 1\n" + text) } throws: {
      "\($0)".contains("dict.de.txt") && "\($0)".contains("line 2")
    }
  }
}
