import Testing
import Text
import Tokens

/// Which ids pieces have, and what does not become a token.
@Suite struct SentencePieceTokensTests {
  private static let pieces: [(String, Float)] = [
    ("▁", -3), ("▁low", -4), ("er", -4), ("l", -6), ("o", -6), ("w", -6), ("▁new", -4), ("s", -6), ("<", -7),
    (">", -7),
    ("/", -7), ("2", -7), ("d", -7), ("e", -7),
  ]

  @Test func marianHasOnlyTheEndAndTheUnknownToken() throws {
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation()
    let special = segmentation.vocabulary.specialTokens
    #expect(
      special
        == SpecialTokens(padding: SpecialTokens.absent, beginning: SpecialTokens.absent, end: 0, unknown: 1))
    #expect("\(special)" == "padding none, beginning none, end 0, unknown 1")
    #expect(segmentation.encode("lower low").ids == [3, 4, 3])
    #expect(segmentation.decode([3, 4, 3, 0]) == "lower low")
  }

  @Test func textIsNeverASpecialToken() throws {
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation()
    #expect(segmentation.pieces("</s> <s>") == "▁ < / s > ▁ < s >")
    let text = segmentation.pieces("<unk>")
    #expect(text == "▁ < unk >")
    #expect(
      segmentation.encode("<unk>").unknowns == [UnknownText(bytes: Array("unk".utf8), continuesWord: true)])
    #expect(String(decoding: segmentation.text(ofSubwords: Array(text.utf8)), as: UTF8.self) == "<unk>")
  }

  @Test func unknownTextComesBack() throws {
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation()
    let sentence = segmentation.encode("lowérñ  ☃☃ x low")
    #expect(sentence.ids == [3, 1, 2, 1, 2, 1, 3])
    #expect(sentence.unknowns.map { String(decoding: $0.bytes, as: UTF8.self) } == ["érñ", "☃☃", "x"])
    #expect(sentence.unknowns.map(\.continuesWord) == [false, false, false])
    #expect(segmentation.decode(sentence.ids, sentence.unknowns) == "lowérñ ☃☃ x low")
    #expect(segmentation.decode([3, 1, 3]) == "low \u{2047}  low")
    #expect(segmentation.wordLengths(sentence) == [2, 2, 2, 1])
    #expect(
      String(decoding: segmentation.words(of: Array("lowérñ  ☃☃ x low".utf8)), as: UTF8.self)
        == "lowérñ ☃☃ x low")
  }

  /// As Hugging Face's tokenizer has it: a letter that only the other side's model has is a token of a shared list.
  @Test func aListMayHaveTextThatIsUnknownToTheModel() throws {
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation(
      list: "</s>\n<unk>\n▁\n▁low\nK\nKé\n")
    let sentence = segmentation.encode("K low Ké é</s>")
    #expect(sentence.ids.prefix(5) == [2, 4, 3, 2, 5])
    #expect(sentence.ids.dropFirst(5).allSatisfy { [1, 2].contains($0) })
    #expect(segmentation.pieces("K low") == "▁ K ▁low")
    #expect(segmentation.decode([2, 4, 3]) == "K low")
  }

  /// OPUS-MT: text to pieces by the model, pieces to ids by the list.
  @Test func aListGivesPiecesOtherIDs() throws {
    let list = "▁low\n</s>\n▁new\ner\n<unk>\ns\n▁\n>>deu<<\n<pad>\n"
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation(list: list, tags: [">>deu<<"])
    #expect(
      segmentation.vocabulary.specialTokens
        == SpecialTokens(padding: 8, beginning: SpecialTokens.absent, end: 1, unknown: 4))
    let sentence = segmentation.encode("lower news low2 2low")
    #expect(sentence.ids == [0, 3, 2, 5, 0, 4, 6, 4, 4, 4, 4])
    #expect(
      sentence.unknowns.map { String(decoding: $0.bytes, as: UTF8.self) } == ["2", "2", "l", "o", "w"])
    #expect(sentence.unknowns.map(\.continuesWord) == [false, true, true, true, false])
    #expect(segmentation.decode(sentence.ids, sentence.unknowns) == "lower news low2 2low")
    #expect(segmentation.pieces("lower low2") == "▁low er ▁low 2")
    #expect(segmentation.vocabulary.tagIDs == [7])
  }

  /// A piece that is missing in the list may begin a word, and its text comes with the space.
  @Test func anUnknownPieceThatBeginsAWordHasItsSpace() throws {
    let segmentation = try HandMadeModel.marian(Self.pieces).segmentation(list: "</s>\n<unk>\n▁low\ner\n")
    let sentence = segmentation.encode("low  newer")
    #expect(sentence.ids == [2, 1, 3])
    #expect(sentence.unknowns == [UnknownText(bytes: Array(" new".utf8), continuesWord: true)])
    #expect(segmentation.decode(sentence.ids, sentence.unknowns) == "low newer")
    #expect(segmentation.wordLengths(sentence) == [1, 2])
    #expect(String(decoding: segmentation.text(ofWord: [2, 3]), as: UTF8.self) == " lower")
  }

  @Test func tagsAreTokensThatTextIsNot() throws {
    var model = HandMadeModel.marian(Self.pieces)
    model.pieces += [("<2de>", 0, HandMadeModel.control), (">>fra<<", 0, HandMadeModel.userDefined)]
    let segmentation = try model.segmentation(tags: ["<2de>", ">>fra<<"])
    #expect(segmentation.vocabulary.tags == ["<2de>", ">>fra<<"])
    #expect(segmentation.pieces("<2de>low") == "▁ < 2 d e > l o w")
    let sentence = segmentation.encode("low >>fra<<")
    #expect(sentence.ids == [3, 2, 1] && sentence.unknowns[0].bytes == Array(">>fra<<".utf8))
    #expect(throws: VocabularyError.self) { try model.segmentation(tags: ["<2es>"]) }
  }

  @Test func wordsAreHiddenOnBothSides() throws {
    let pipeline = try LearningText.learn()
    var source = pipeline.encode(Array("niedrig Haus 1984 low".utf8), side: .source)
    var target = pipeline.encode(Array("new 1984 play".utf8), side: .target)
    var generator = SystemRandomNumberGenerator()
    pipeline.maskSharedWords(source: &source, target: &target, probability: 1, using: &generator)
    #expect(source.unknowns == target.unknowns && source.unknowns.count == 1)
    let text = pipeline.decode(target.ids, unknowns: source.unknowns)
    #expect(String(decoding: text, as: UTF8.self) == "new 1984 play")
  }
}
