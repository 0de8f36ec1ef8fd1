import CommandLineArguments
import Testing

@Suite struct CommandLineWordsTests {
  @Test(arguments: ["", "a.txt", "café.txt", "文字.txt", "cafe\u{301}", "--option=ü"])
  func textIsUnchanged(word: String) throws {
    let text = try text(ofWord: Array(word.utf8))
    #expect(Array(text.utf8) == Array(word.utf8))
  }

  private static let others: [(bytes: [UInt8], shown: String)] = [
    ([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x74], "caf\\xE9.t"), ([0xff], "\\xFF"), ([0xc3], "\\xC3"),
    ([0xc3, 0xbc, 0xfc, 0x62], "ü\\xFCb"), ([0xed, 0xa0, 0x80], "\\xED\\xA0\\x80"),
    ([0x93, 0xfa, 0x96, 0x7b], "\\x93\\xFA\\x96{"),
  ]

  @Test(arguments: others)
  func otherBytesAreNamed(bytes: [UInt8], shown: String) {
    #expect(throws: ArgumentError.notUTF8(shown)) { try text(ofWord: bytes) }
    #expect("\(ArgumentError.notUTF8(shown))".contains("'\(shown)' is not UTF-8"))
  }
}
