import Testing
import Text
import Tokens

/// Tokens that are added to vocabularies.
@Suite struct VocabularyExtensionTests {
  private static let addition = VocabularyExtension(
    tags: ["<2xx>"], source: ["ŋ", "widlownew", "€"], target: ["ŋ", "ə"])

  private func bytePairs(joint: Bool, tokenizer: TokenizerKind = .icu) throws -> TextPipeline {
    var settings = TextPipelineSettings()
    (settings.merges, settings.joint, settings.tags) = (60, joint, ["<2de>"])
    settings.tokenizer = tokenizer
    var learner = VocabularyLearner(settings: settings, threads: 1)
    let folder = try ScratchFolder()
    try folder.write("text", Array(LearningText.lines.joined(separator: [0x0A])))
    for side in TextPipeline.Side.allCases { try learner.count(path: "\(folder.path)/text", side: side) }
    return try learner.learn()
  }

  /// All ids stay, other text is split as before, and the folder can be read again.
  private func check(
    _ old: TextPipeline, _ new: TextPipeline, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for side in TextPipeline.Side.allCases {
      let (before, after) = (old.vocabulary(side), new.vocabulary(side))
      #expect(after.specialTokens == before.specialTokens, sourceLocation: sourceLocation)
      #expect(
        (0..<TokenID(before.count)).allSatisfy { before[$0] == after[$0] }, sourceLocation: sourceLocation)
      var nasty = NastyText(seed: 5)
      for line in LearningText.lines[..<300] + (0..<300).map({ _ in nasty.nextLine() }) {
        let (one, two) = (old.encode(text: line, side: side), new.encode(text: line, side: side))
        if two.ids.allSatisfy({ $0 < before.count }) {
          #expect(one == two, "\(text(line))", sourceLocation: sourceLocation)
        }
      }
    }
    let copy = try ScratchFolder()
    try new.write(to: copy.path)
    let read = try TextPipeline(folder: copy.path)
    #expect(read.settings == new.settings, sourceLocation: sourceLocation)
    for side in TextPipeline.Side.allCases {
      #expect(read.vocabulary(side) == new.vocabulary(side), sourceLocation: sourceLocation)
      let line = Array("the widlownew of ŋaŋə €5".utf8)
      #expect(
        read.encode(line, side: side) == new.encode(line, side: side), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [true, false]) func bytePairsGetCharactersAndWords(joint: Bool) throws {
    let old = try bytePairs(joint: joint)
    let new = try old.extended(by: Self.addition)
    try check(old, new)
    #expect(new.tags == ["<2de>", "<2xx>"])
    let count = old.vocabularySize(.source)
    let line = Array("<2xx> widlownew ŋaŋ".utf8)
    #expect(old.encode(Array("widlownew ŋaŋ".utf8), side: .source).unknowns.count == 1)
    let sentence = new.encode(line, side: .source)
    #expect(sentence.unknowns.isEmpty && sentence.ids[0] == TokenID(count))
    #expect(text(new.vocabulary(.source)[sentence.ids[1]]) == "widlownew")
    #expect(text(new.decode(Array(sentence.ids[1...]), side: .source)) == "widlownew ŋaŋ")
    // A part of the word is no token.
    #expect(
      new.encode(Array("widlown".utf8), side: .source).ids.allSatisfy {
        new.vocabulary(.source)[$0].count < 7
      }
    )
    // ə is only on the target side, unless it shares the vocabulary.
    #expect(new.encode(Array("ə".utf8), side: .source).unknowns.isEmpty == joint)
    #expect(new.encode(Array("ŋə".utf8), side: .target).unknowns.isEmpty)
    #expect(try new.extended(by: Self.addition).vocabularySize(.source) == new.vocabularySize(.source))
    // Unknown words are told by their unknown characters.
    let unknown = old.encode(Array("ŋaŋə".utf8), side: .source).unknowns[0]
    #expect(old.segmentation(.source).unknownParts(of: unknown).map { text($0) } == ["ŋ", "ŋ", "ə"])
  }

  @Test(arguments: [SentencePieceLearning.ModelType.unigram, .bpe])
  func sentencePieceGetsSymbols(type: SentencePieceLearning.ModelType) throws {
    let old = try LearningText.learn { $0.sentencePiece.modelType = type }
    let new = try old.extended(by: Self.addition)
    try check(old, new)
    let count = TokenID(old.vocabularySize(.source))
    #expect(new.vocabularySize(.source) == Int(count) + 5 && new.vocabularySize(.target) == Int(count) + 5)
    let line = Array("a widlownew ŋa€".utf8)
    let sentence = new.encode(line, side: .source)
    #expect(sentence.unknowns.isEmpty)
    #expect(
      sentence.ids.filter { $0 >= count }.map { text(new.vocabulary(.source)[$0]) } == [
        "widlownew", "ŋ", "€",
      ])
    #expect(text(new.decode(sentence.ids)) == text(line))
    #expect(new.encode(Array("<2xx> a".utf8), side: .source).ids.first == count)
    // SentencePiece itself reads the model, and agrees.
    let library = try #require(Library(new.sentencePiece.model.contents))
    #expect(library.encode(line) == sentence.ids)
    // The word had pieces, the characters had none.
    let spellings = old.spellings(ofNewTokensIn: new, .source)
    #expect(spellings[1].isEmpty && !spellings[2].isEmpty && spellings.count == 5)
    #expect(text(old.decode(spellings[2])) == "widlownew")
  }

  /// Engines that multiply bytes need a multiple of 8.
  @Test func sizesStayMultiplesOfEight() throws {
    let old = try LearningText.learn { $0.sentencePiece.vocabularySize = 184 }
    let new = try old.extended(by: Self.addition)
    try check(old, new)
    #expect(new.vocabularySize(.source) == 192)
    #expect((189..<192).allSatisfy { !new.vocabulary(.source).isText($0) })
    #expect(try #require(Library(new.sentencePiece.model.contents)).encode(Array("ŋ".utf8))?.last == 185)
  }

  /// The vocabularies of OPUS-MT: a model for each side, and one list.
  @Test func listsOfPiecesGetTokensToo() throws {
    let learned = try LearningText.learn().sentencePiece
    let other = try LearningText.learn { $0.sentencePiece.vocabularySize = 150 }.sentencePiece
    var names = (0..<TokenID(learned.vocabulary.count)).map { text(learned.vocabulary[$0]) }
    names += (0..<TokenID(other.vocabulary.count)).map { text(other.vocabulary[$0]) }.filter {
      !names.contains($0)
    }
    names += [">>de<<"]
    let list = try TokenList(contents: Array(names.joined(separator: "\n").utf8), path: "vocab.txt")
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.tags) = ("sentencepiece", [">>de<<"])
    let pair = try SentencePieceSegmentation.pair(
      source: (learned.model, list), target: (other.model, list), settings: settings, folder: "")
    let old = TextPipeline(settings: settings, source: pair.source, target: pair.target)
    let new = try old.extended(by: VocabularyExtension(tags: [">>xx<<"], source: ["ŋ"], target: ["ŋ"]))
    try check(old, new)
    #expect(new.vocabularySize(.target) == names.count + 2 && new.tags == [">>de<<", ">>xx<<"])
    for side in TextPipeline.Side.allCases {
      #expect(new.encode(text: Array("aŋ".utf8), side: side).ids.last == TokenID(names.count + 1))
    }
  }

  @Test func listedTokensAreAppended() throws {
    let folder = try ScratchFolder()
    try folder.write("vocab.source.txt", Array("</s>\n<unk>\na".utf8))
    try folder.write("vocab.target.txt", Array("</s>\n<unk>\nx\n".utf8))
    let json =
      #"{"format_version": 1, "segmentation": "tokens", "source_language": "", "target_language": "", "joint": false}"#
    try folder.write("pipeline.json", Array(json.utf8))
    let old = try TextPipeline(folder: folder.path)
    let new = try old.extended(by: VocabularyExtension(tags: ["<t>"], source: ["b", "a"], target: ["y"]))
    #expect(new.encode(Array("<t> b a".utf8), side: .source).ids == [3, 4, 2])
    #expect(new.encode(Array("y x b".utf8), side: .target).ids == [3, 2, 1])
    #expect(old.spellings(ofNewTokensIn: new, .source) == [[], []])
  }

  @Test(arguments: [("two words", "without spaces"), ("", "without spaces"), ("<unk>", "looks like")])
  func impossibleTokensAreNamed(token: String, words: String) throws {
    let old = try bytePairs(joint: true, tokenizer: .whitespace)
    #expect { try old.extended(by: VocabularyExtension(source: [token])) } throws: { "\($0)".contains(words) }
    #expect(throws: VocabularyError.self) { _ = try old.extended(by: VocabularyExtension(tags: ["de"])) }
  }
}
