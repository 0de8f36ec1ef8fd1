import Testing
import Text
import Tokens

/// Learning SentencePiece models.
@Suite struct SentencePieceLearningTests {
  @Test(arguments: SentencePieceLearning.ModelType.allCases)
  func theSameTextGivesTheSameBytes(type: SentencePieceLearning.ModelType) throws {
    let models = try (0..<2).map { _ in
      try LearningText.learn { $0.sentencePiece.modelType = type }.segmentation(.source).files[0].contents
    }
    #expect(models[0] == models[1] && models[0].count > 1000)
  }

  @Test func specialTokensComeFirst() throws {
    let pipeline = try LearningText.learn {
      $0.tags = ["<2de>", "<a,\"b>"]
      $0.sentencePiece.userDefinedSymbols = ["@@", "\"q\"", "a,b"]
      $0.splitsDigits = true
    }
    let vocabulary = pipeline.vocabulary(.source)
    #expect(vocabulary.count == 180 && pipeline.specialTokens == .standard)
    let names = (0..<9).map { String(decoding: vocabulary[$0], as: UTF8.self) }
    #expect(names == ["<pad>", "<s>", "</s>", "<unk>", "<2de>", "<a,\"b>", "@@", "\"q\"", "a,b"])
    let pieces = try pipeline.sentencePiece.pieces("x@@\"q\"y 1984 a,b")
    #expect(pieces.contains("@@ \"q\" y") && pieces.contains("1 9 8 4") && pieces.hasSuffix("a,b"))
  }

  @Test func vocabulariesOfImpossibleSizesAreRefused() throws {
    func error(_ size: Int, _ type: SentencePieceLearning.ModelType) -> VocabularyError? {
      do {
        _ = try LearningText.learn {
          ($0.sentencePiece.vocabularySize, $0.sentencePiece.modelType) = (size, type)
        }
        return nil
      } catch { return error as? VocabularyError }
    }
    for type in SentencePieceLearning.ModelType.allCases {
      guard case .vocabularyTooLarge(100_000, let most)? = error(100_000, type) else {
        Issue.record("\(type): not refused")
        continue
      }
      #expect(most > 100 && error(most, type) == nil)
      guard case .vocabularyTooSmall(10, let least)? = error(10, type) else {
        Issue.record("\(type): not refused")
        continue
      }
      #expect(
        least > 60
          && "\(VocabularyError.vocabularyTooSmall(requested: 10, least: least))".contains("\(least) or more")
      )
    }
  }

  /// The trainer would end the process.
  @Test(
    arguments: ["", "\u{200B}\u{FEFF}", "\u{FFFD}", "▁", "\u{2585}", "\u{1}"],
    SentencePieceLearning.ModelType.allCases)
  func textOfNothingIsAnError(text: String, type: SentencePieceLearning.ModelType) throws {
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.sentencePiece.modelType) = ("sentencepiece", type)
    let counts = WordCounts(lines: [Array(text.utf8)])
    #expect(throws: VocabularyError.notLearned(reason: "the text has no words")) {
      try SentencePieceSegmentation.learn(from: (counts, counts), settings: settings, progress: { _, _ in })
    }
  }

  @Test func wordsAreBetweenWhiteSpaceOfAnyKind() {
    var settings = TextPipelineSettings()
    settings.segmentation = "sentencepiece"
    let words = settings.makeWordSplitter(.source)(Array(" a\tb\u{A0}\u{3000}c,  \u{200D}d\u{2028}".utf8))
    #expect(String(decoding: words, as: UTF8.self) == "a b c, \u{200D}d")
  }
}
