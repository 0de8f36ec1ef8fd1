import Evaluation
import Testing

@Suite struct TextHintTests {
  private static func hints(
    _ hypotheses: [String], _ references: [String], _ tokenization: BLEU.Tokenization? = .mteval13a
  ) -> [TextHint] {
    TextHint.hints(
      hypotheses: hypotheses.map { Array($0.utf8) }, references: references.map { Array($0.utf8) },
      tokenization: tokenization)
  }

  static let ordinary: [(hypotheses: [String], references: [String])] = [
    (["The boat lies at the quay.", "It rains."], ["A boat is at the quay.", "It is raining."]),
    (["Où est-il ?", "C'est vrai !"], ["Où est-il ?", "C'est bien vrai !"]),
    (["AT&T & Co.", "me@@you"], ["AT&T & Co.", "me@you"]),
    (["Мы едем завтра.", "Да."], ["Завтра мы едем.", "Да."]),
    (["오늘은 비가 옵니다.", "네."], ["오늘 비가 온다.", "네."]),
    (["我们 明天 早上 出发 。"], ["我们 明早 出发 。"]),
    (["He wrote 日本語 on the board."], ["He wrote 日本語 on a board."]),
    (["It ends here .", "Yes ."], ["It ends there .", "Yes ."]),
    ([""], [""]),
  ]

  @Test(arguments: ordinary)
  func ordinaryTextGetsNoHint(hypotheses: [String], references: [String]) {
    #expect(Self.hints(hypotheses, references) == [])
  }

  @Test func textWithoutSpacesNeedsAnotherTokenizer() {
    let texts: [(String, TextHint.Script)] = [
      ("我们明天早上八点出发。", .chinese), ("明日の朝八時に出発します。", .japanese),
      ("พรุ่งนี้เราจะออกเดินทางแปดโมงเช้า", .southeastAsian),
      ("ພວກເຮົາຈະອອກເດີນທາງມື້ອື່ນ", .southeastAsian), ("យើងនឹងចេញដំណើរនៅថ្ងៃស្អែក", .southeastAsian),
    ]
    for (text, script) in texts {
      #expect(Self.hints([text], [text]) == [.withoutSpaces(script, .mteval13a)], "\(text)")
      #expect(Self.hints([text], [text], .international) == [.withoutSpaces(script, .international)])
      for tokenization in [BLEU.Tokenization.chinese, .character, BLEU.Tokenization.none, nil] {
        #expect(Self.hints([text], [text], tokenization) == [])
      }
    }
    #expect("\(TextHint.withoutSpaces(.chinese, .mteval13a))".contains("--tokenize zh"))
    #expect("\(TextHint.withoutSpaces(.japanese, .mteval13a))".contains("--tokenize char"))
  }

  @Test func tokenizedTranslationsAreNoticed() {
    let references = ["The ferry waits.", "He said \"no\".", "It rains."]
    #expect(
      Self.hints(["The fer@@ ry waits.", "He said no.", "It r@@ ains."], references)
        == [.subwords(mark: "@@", lines: 2)])
    #expect(
      Self.hints(["▁The ▁fer ry ▁waits.", "He said no.", "It rains."], references)
        == [.subwords(mark: "▁", lines: 1)])
    #expect(
      Self.hints(["The ferry waits.", "He said &quot;no&quot;.", "It rains."], references)
        == [.escapes("&quot;", lines: 1)])
    let separated = ["The ferry waits .", "He said no .", "It rains ."]
    #expect(Self.hints(separated, references) == [.separatedPunctuation(lines: 3)])
    #expect(Self.hints(separated, references, BLEU.Tokenization.none) == [])
  }
}
