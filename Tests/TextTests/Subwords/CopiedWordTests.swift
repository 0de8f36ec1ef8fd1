import Testing
import Text
import Tokens

@Suite struct CopiedWordTests {
  static let pipeline = TextPipelineTests.pipeline(
    of: lines("Anna lives in Berlin, \"near\" (the) station. low lower don't 我爱你。 ความรัก ☺ x"),
    tokenizer: .icu)

  /// What comes back if a model copies every `<unk>` and puts it between the given text.
  static func translated(_ source: String, into target: String) -> String {
    let pipeline = Self.pipeline
    let sentence = pipeline.encode(Array(source.utf8), side: .source)
    let frame = target.split(separator: "§", omittingEmptySubsequences: false).map(String.init)
    var ids: [TokenID] = []
    for (index, part) in frame.enumerated() {
      if index > 0 { ids.append(pipeline.specialTokens.unknown) }
      // The ids of the part, with the marks of its place in the sentence.
      ids += pipeline.encode(Array(part.utf8), side: .target).ids
    }
    return text(pipeline.decode(ids, unknowns: sentence.unknowns))
  }

  @Test(arguments: [
    "Gdańsk", "naïve", "Łódź", "Öresund", "Tromsø", "Москва", "東京", "ירושלים", "देहरादून", "Ž", "C++ñ",
  ])
  func aNameIsCopiedWhole(name: String) {
    let sentence = Self.pipeline.encode(Array("Anna lives in \(name) near Berlin".utf8), side: .source)
    #expect(sentence.ids.count { $0 == Self.pipeline.specialTokens.unknown } == sentence.unknowns.count)
    #expect(
      text(Self.pipeline.decode(sentence.ids, unknowns: sentence.unknowns))
        == "Anna lives in \(name) near Berlin")
  }

  @Test func aWordWithOneUnknownCharacterIsOneUnknown() {
    let sentence = Self.pipeline.encode(Array("lowę lower".utf8), side: .source)
    #expect(sentence.unknowns == [UnknownText(bytes: Array("lowę".utf8), continuesWord: false)])
    #expect(sentence.ids.first == Self.pipeline.specialTokens.unknown)
    #expect(text(Self.pipeline.subwords(of: Array("lowę".utf8), side: .source)) == "lowę")
  }

  @Test(arguments: [
    // A name that is between punctuation in the source stands between spaces in the translation.
    ("\"Łódź\"", "low § lower", "low Łódź lower"),
    // In Chinese, there is no space next to a name in any script.
    ("in Łódź", "我爱§。", "我爱Łódź。"), ("in ירושלים", "我爱§。", "我爱ירושלים。"),
    ("我爱देहरादून。", "in § near", "in देहरादून near"), ("我爱Łódź。", "in § near", "in Łódź near"),
  ])
  func spacesFollowTheNewNeighbors(source: String, target: String, expected: String) {
    #expect(Self.translated(source, into: target) == expected)
  }

  private func noncharacter(_ value: UInt16) -> String { Unicode.Scalar(value).map { String($0) } ?? "" }

  @Test func textWithTheMarksOfCopiesIsText() {
    let (start, end) = (noncharacter(0xFDD0), noncharacter(0xFDD1))
    for line in ["low \(start)lower\(end)", "\(end)\(start)", "low\(start)"] {
      let sentence = Self.pipeline.encode(Array(line.utf8), side: .source)
      #expect(text(Self.pipeline.decode(sentence.ids, unknowns: sentence.unknowns)) == line)
    }
  }

  @Test(arguments: [
    ("don’t", "don't"), ("“near”", "\"near\""), ("ｌｏｗ", "low"), ("𝐥𝐨𝐰", "low"),
    ("lo\u{2010}w", "lo\u{2010}w"), ("☺\u{FE0F}", "☺"),
  ])
  func lookAlikesStandForWhatTheVocabularyHas(line: String, known: String) {
    let pipeline = Self.pipeline
    #expect(
      pipeline.encode(Array(line.utf8), side: .source) == pipeline.encode(Array(known.utf8), side: .source))
  }

  @Test func asciiIsReplacedWhateverElseALineHas() {
    let pipeline = TextPipelineTests.pipeline(of: lines("don’t low ∶ lower é"), tokenizer: .icu)
    for (line, known) in [("don't low", "don’t low"), ("low :", "low ∶"), ("é : low", "é ∶ low")] {
      #expect(
        pipeline.encode(Array(line.utf8), side: .source) == pipeline.encode(Array(known.utf8), side: .source))
    }
  }

  @Test func charactersOfTheTrainingTextAreNotReplaced() {
    let pipeline = TextPipelineTests.pipeline(of: lines("don't don’t low ｌｏｗ"), tokenizer: .icu)
    for (line, other) in [("don’t", "don't"), ("ｌｏｗ", "low")] {
      let sentence = pipeline.encode(Array(line.utf8), side: .source)
      #expect(sentence != pipeline.encode(Array(other.utf8), side: .source))
      #expect(text(pipeline.decode(sentence.ids, side: .source)) == line)
    }
  }

  @Test func wordsForAlignersAreThoseOfTheEncoder() {
    let pipeline = Self.pipeline
    for line in ["don’t", "“near”, lowę", "low ☺\u{FE0F} Łódź."] {
      let words = pipeline.words(of: Array(line.utf8), side: .source).split(separator: 0x20)
      let sentence = pipeline.encode(Array(line.utf8), side: .source)
      #expect(words.count == pipeline.wordLengths(sentence, side: .source).count)
    }
  }
}
