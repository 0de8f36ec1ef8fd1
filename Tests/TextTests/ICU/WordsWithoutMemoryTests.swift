import Machine
import RandomNumbers
import Testing
import Text

/// The words of a line do not depend on the lines before it, whatever their scripts.
///
/// ICU also remembers what the process has met; the test of commands in `BuildVocabTests` starts new ones.
@Suite struct WordsWithoutMemoryTests {
  /// Characters of each script whose words ICU finds by a dictionary, or for which Unicode says that it should, and of
  /// those that scripts share.
  static let scripts: [[ClosedRange<UInt32>]] = [
    [0x4E00...0x4E80, 0x3400...0x3420, 0x20000...0x20010, 0x3005...0x3007], [0x3041...0x3096],
    [0x30A1...0x30FA], [0xFF66...0xFF9F], [0xAC00...0xAC80], [0x0E01...0x0E5B],
    [0x0E81...0x0E8A, 0x0EB0...0x0EC4],
    [0x1000...0x109F, 0xAA60...0xAA7F], [0x1780...0x17DD], [0x1950...0x1974], [0x1980...0x19DF],
    [0x1A20...0x1A7C], [0xAA80...0xAAC2], [0x11700...0x1172B], [0x3105...0x312F], [0x0F40...0x0FBC],
    [0x3031...0x3035, 0x309B...0x309C, 0x30A0...0x30A0, 0x30FB...0x30FC, 0xFF70...0xFF70, 0xFF9E...0xFF9F],
    [0x0020...0x0020, 0x0041...0x005A, 0x3001...0x3002, 0x0030...0x0039, 0x2019...0x2019, 0x0300...0x0301],
  ]

  private func line(_ random: inout SplitMix64) -> [UInt8] {
    var line = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let script = Self.scripts.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let value = script.randomElement(using: &random).flatMap { $0.randomElement(using: &random) }
        line.append(value.flatMap(Unicode.Scalar.init) ?? "a")
      }
    }
    return Array(String(line).utf8)
  }

  @Test(arguments: ["", "ja", "th", "zh"]) func sameLineHasTheSameWords(language: String) {
    var random = SplitMix64(state: 11)
    let used = ICUTokenizer(language: language)
    for _ in 0..<400 {
      let line = line(&random)
      let first = ICUTokenizer(language: language).tokenize(line)
      #expect(used.tokenize(line) == first, "\(text(line).debugDescription)")
      #expect(used.tokenize(line) == first, "again: \(text(line).debugDescription)")
    }
  }

  @Test func orderAndThreadsDoNotMatter() {
    var random = SplitMix64(state: 12)
    let lines = (0..<300).map { _ in line(&random) }
    let tokenizer = ICUTokenizer()
    let expected = lines.map { tokenizer.tokenize($0) }
    let backwards = ICUTokenizer()
    #expect(lines.reversed().map { backwards.tokenize($0) } == expected.reversed())
    let shared = ICUTokenizer()
    #expect(concurrentMap(lines, threads: 4) { shared.tokenize($0) } == expected)
  }

  /// The long vowel mark belongs to the word behind it, as it does after other Japanese text.
  @Test(arguments: ["ーはい、そうです。", "「ーはい」", "〜ージョン", "ｰﾊﾟﾝ"])
  func lineMayBeginWithASharedCharacter(line: String) {
    let line = Array(line.utf8)
    let used = ICUTokenizer(language: "ja")
    _ = used.tokenize(Array("日本語のテキスト".utf8))
    #expect(ICUTokenizer(language: "ja").tokenize(line) == used.tokenize(line))
  }
}
