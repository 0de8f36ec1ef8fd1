import Files
import RandomNumbers
import Testing

@Suite struct UTF8RepairTests {
  static let broken: [[UInt8]] = [
    [0x80], [0xc3], [0xc0, 0x80], [0xe2, 0x82], [0xe2, 0x82, 0x61], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98],
    [0xf5, 0x80, 0x80, 0x80], [0x61, 0xff, 0x62], [0xf4, 0x90, 0x80, 0x80], [0xe0, 0x80, 0x80],
  ]

  @Test(arguments: broken) func replacesBrokenParts(_ bytes: [UInt8]) {
    var repaired = bytes
    #expect(repairUTF8(&repaired))
    #expect(repaired == Array(String(decoding: bytes, as: UTF8.self).utf8))
    #expect(isUTF8(repaired) && !isUTF8(bytes))
  }

  @Test func oneReplacementForEachMaximalPart() {
    // Unicode, chapter 3, table 3-11: 61 F1 80 80 E1 80 C2 62 80 63 80 BF 64.
    var bytes: [UInt8] = [0x61, 0xf1, 0x80, 0x80, 0xe1, 0x80, 0xc2, 0x62, 0x80, 0x63, 0x80, 0xbf, 0x64]
    #expect(repairUTF8(&bytes))
    #expect(String(decoding: bytes, as: UTF8.self) == "a\u{fffd}\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d")
  }

  @Test(arguments: ["", "abc", "äöü €", "😀\0", "\u{fffd}", "\u{10ffff}", "日本語 and ASCII"])
  func validTextStays(_ text: String) {
    var bytes = Array(text.utf8)
    #expect(!repairUTF8(&bytes))
    #expect(bytes == Array(text.utf8))
  }

  @Test func agreesWithTheStandardLibraryOnRandomBytes() {
    var random = SplitMix64(state: 3)
    let text = Array("aä€😀 und mehr, 日本語".utf8)
    for _ in 0..<20_000 {
      var bytes = random.mutated(text)
      let expected = Array(String(decoding: bytes, as: UTF8.self).utf8)
      let changed = bytes != expected
      #expect(repairUTF8(&bytes) == changed && bytes == expected)
    }
  }
}
