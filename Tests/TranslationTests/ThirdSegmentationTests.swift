import Corpora
import Files
import Models
import Testing
import Text
import Tokens
import Training
import Translation

/// A segmentation that is not part of the library: every character is a token, and `▁` precedes every word.
///
/// Its special tokens have the same ids as those of OPUS-MT models.
struct CharacterSegmentation: Segmentation {
  static let name = "characters"
  static let fileNames = ["characters.txt", "characters.source.txt", "characters.target.txt"]
  static let space = Array("▁".utf8)

  let vocabulary: Vocabulary
  /// Nil if the vocabulary is in the file of the source.
  let fileName: String?

  static func specialTokens(count: Int) -> SpecialTokens {
    SpecialTokens(padding: TokenID(count - 1), beginning: TokenID(count - 1), end: 0, unknown: 1)
  }

  // MARK: Files

  static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)
  {
    func vocabulary(_ name: String, _ side: TextPipeline.Side) throws(VocabularyError) -> Vocabulary {
      let path = "\(folder)/\(name)"
      let contents: [UInt8]
      do { contents = try readFile(path: path) } catch { throw .file(error) }
      let tokens = contents.split(separator: 0x0a).map { Array($0) }
      return try Vocabulary(
        tokens: tokens, specialTokens: specialTokens(count: tokens.count), tags: settings.tags(side),
        path: path)
    }
    let names = settings.joint ? [fileNames[0]] : Array(fileNames[1...])
    let source = try vocabulary(names[0], .source)
    let target = names.count == 1 ? source : try vocabulary(names[1], .target)
    return (
      Self(vocabulary: source, fileName: names[0]),
      Self(vocabulary: target, fileName: names.dropFirst().first)
    )
  }

  var files: [(name: String, contents: [UInt8])] { fileName.map { [($0, vocabulary.contents)] } ?? [] }

  // MARK: Learning

  static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side) -> WordSplitter {
    { WhitespaceTokenizer().tokenize($0) }
  }

  static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    func vocabulary(_ counts: [WordCounts], _ side: TextPipeline.Side) throws(VocabularyError) -> Vocabulary {
      let characters = Set(
        counts.flatMap { $0.all.flatMap { String(decoding: $0.word, as: UTF8.self).unicodeScalars } })
      let names =
        ["</s>", "<unk>", "▁"] + characters.sorted().map { String($0) } + settings.tags(side) + ["<pad>"]
      return try Vocabulary(
        tokens: names.map { Array($0.utf8) }, specialTokens: specialTokens(count: names.count),
        tags: settings.tags(side), path: "")
    }
    if settings.joint {
      let joint = try vocabulary([words.source, words.target], .source)
      return (Self(vocabulary: joint, fileName: fileNames[0]), Self(vocabulary: joint, fileName: nil))
    }
    return (
      Self(vocabulary: try vocabulary([words.source], .source), fileName: fileNames[1]),
      Self(vocabulary: try vocabulary([words.target], .target), fileName: fileNames[2])
    )
  }

  // MARK: Text

  func words(of line: [UInt8]) -> [UInt8] { WhitespaceTokenizer().tokenize(line) }

  struct Encoder: SegmentationEncoder {
    let vocabulary: Vocabulary

    mutating func encode(_ text: [UInt8]) -> EncodedSentence {
      var sentence = EncodedSentence()
      for word in WhitespaceTokenizer().tokenize(text).split(separator: 0x20) {
        var isUnknown = false
        for scalar in "▁\(String(decoding: word, as: UTF8.self))".unicodeScalars {
          let bytes = Array(String(scalar).utf8)
          if let id = vocabulary.textID(bytes.span) {
            sentence.ids.append(id)
            isUnknown = false
          } else if isUnknown {
            sentence.unknowns[sentence.unknowns.count - 1].bytes += bytes
          } else {
            sentence.ids.append(vocabulary.specialTokens.unknown)
            sentence.unknowns.append(UnknownText(bytes: bytes, continuesWord: true))
            isUnknown = true
          }
        }
        if isUnknown { sentence.unknowns[sentence.unknowns.count - 1].continuesWord = false }
      }
      return sentence
    }

    mutating func encode(
      _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
    ) -> EncodedSentence {
      encode(text)
    }

    mutating func subwords(of text: [UInt8]) -> [UInt8] {
      let sentence = encode(text)
      var unknowns = sentence.unknowns[...]
      return Array(
        sentence.ids.map { id in
          id == vocabulary.specialTokens.unknown ? unknowns.removeFirst().bytes : Array(vocabulary[id])
        }
        .joined(separator: [0x20]))
    }
  }

  func makeEncoder() -> Encoder { Encoder(vocabulary: vocabulary) }

  func text(of sentence: EncodedSentence) -> [UInt8] {
    var unknowns = sentence.unknowns[...]
    let text = sentence.ids.flatMap { id in
      id == vocabulary.specialTokens.unknown ? unknowns.removeFirst().bytes : self.text(ofWord: [id])
    }
    return text.first == 0x20 ? Array(text.dropFirst()) : text
  }

  func wordLengths(_ sentence: EncodedSentence) -> [UInt16] {
    sentence.ids.reduce(into: []) { lengths, id in
      if lengths.isEmpty || vocabulary[id] == Self.space[...] {
        lengths.append(1)
      } else {
        lengths[lengths.count - 1] += 1
      }
    }
  }

  func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8] {
    ids.flatMap { vocabulary[$0] == Self.space[...] ? [0x20] : vocabulary[$0] }
  }
}

/// A segmentation from outside the library works everywhere, from learning to translating.
@Suite struct ThirdSegmentationTests {
  init() { SegmentationTable.register(CharacterSegmentation.self) }

  /// Lines in lowercase, and the same in uppercase.
  private static let pairs = (0..<600).map { number in
    var (rest, line) = (number * 7919 % 4096, "")
    for place in 0..<1 + number % 5 {
      line += ["a", "b", "c", "d"][rest % 4]
      rest /= 4
      if place == 1 { line += " " }
    }
    let source = line.last == " " ? String(line.dropLast()) : line
    return (source: source, target: source.uppercased())
  }

  private func learn(joint: Bool = true, tags: [String] = [], in folder: TemporaryFolder) throws
    -> TextPipeline
  {
    for (name, lines) in [
      ("text.source", Self.pairs.map(\.source)), ("text.target", Self.pairs.map(\.target)),
    ] {
      let text = lines.joined(separator: "\n") + "\n"
      try writeFileAtomically(path: "\(folder.path)/\(name)", contents: Array(text.utf8))
    }
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.joint, settings.tags) = ("characters", joint, tags)
    var learner = VocabularyLearner(settings: settings, threads: 2)
    try learner.count(path: "\(folder.path)/text.source", side: .source)
    try learner.count(path: "\(folder.path)/text.target", side: .target)
    return try learner.learn()
  }

  @Test(arguments: [true, false])
  func itsFolderComesBack(joint: Bool) throws {
    let folder = try TemporaryFolder()
    let pipeline = try learn(joint: joint, tags: ["<2up>"], in: folder)
    let path = "\(folder.path)/vocabulary"
    #expect(try pipeline.replaceFolder(at: path) == .created)
    let settings = String(decoding: try readFile(path: "\(path)/pipeline.json"), as: UTF8.self)
    #expect(settings.contains(#""segmentation" : "characters""#))
    for key in ["tokenizer", "merges", "min_frequency", "normalization", "lowercase"] {
      #expect(!settings.contains(key))
    }
    #expect(fileExists("\(path)/characters.txt") == joint)
    let copy = try TextPipeline(folder: path)
    #expect(copy.settings == pipeline.settings && copy.tags == ["<2up>"])
    #expect(VocabularyDifference(copy, in: path, from: pipeline, in: "") == nil)
    for side in TextPipeline.Side.allCases {
      #expect(copy.vocabulary(side) == pipeline.vocabulary(side))
      let line = Array("<2up> ab xé".utf8)
      #expect(copy.encode(line, side: side) == pipeline.encode(line, side: side))
    }
    #expect(try copy.replaceFolder(at: path) == .replaced)
  }

  @Test func textGoesThroughItsTokensAndBack() throws {
    let pipeline = try learn(tags: ["<2up>"], in: try TemporaryFolder())
    let vocabulary = pipeline.vocabulary(.source)
    #expect(pipeline.specialTokens == CharacterSegmentation.specialTokens(count: vocabulary.count))
    let line = Array("<2up> ab  xéc".utf8)
    let sentence = pipeline.encode(line, side: .source)
    #expect(vocabulary.isTag(sentence.ids[0]) && sentence.ids.count == 7)
    #expect(sentence.unknowns == [UnknownText(bytes: Array("xé".utf8), continuesWord: true)])
    let decoded = pipeline.decode(
      [vocabulary.specialTokens.beginning] + sentence.ids + [vocabulary.specialTokens.end, 4],
      unknowns: sentence.unknowns, side: .source)
    #expect(String(decoding: decoded, as: UTF8.self) == "ab xéc")
    #expect(pipeline.wordLengths(sentence, side: .source) == [1, 3, 3])
    #expect(
      String(decoding: pipeline.subwords(of: line, side: .source), as: UTF8.self) == "<2up> ▁ a b ▁ xé c")
    #expect(
      String(decoding: pipeline.words(of: Array(" ab  c".utf8), side: .source), as: UTF8.self) == "ab c")
    #expect(pipeline.splitsWord(sentence, side: .source))
  }

  @Test func wordsAreHiddenOnBothSides() throws {
    let pipeline = try learn(in: try TemporaryFolder())
    var source = pipeline.encode(Array("ab AB c".utf8), side: .source)
    var target = pipeline.encode(Array("CD AB D".utf8), side: .target)
    var generator = SystemRandomNumberGenerator()
    pipeline.maskSharedWords(source: &source, target: &target, probability: 1, using: &generator)
    #expect(source.ids.count == 6 && source.ids[3] == pipeline.specialTokens.unknown)
    let text = pipeline.decode(target.ids, unknowns: source.unknowns)
    #expect(String(decoding: text, as: UTF8.self) == "CD AB D")
  }

  @Test func aModelOfItsTokensIsTrainedAndTranslates() throws {
    let folder = try TemporaryFolder()
    let pipeline = try learn(in: folder)
    var options = CorpusOptions()
    options.specialTokens = pipeline.specialTokens
    let corpus = try ParallelCorpus(
      sourceFiles: ["\(folder.path)/text.source"], targetFiles: ["\(folder.path)/text.target"],
      options: options,
      encodeSource: { pipeline.encode($0, side: .source).ids },
      encodeTarget: { pipeline.encode($0, side: .target).ids })
    let batcher = Batcher(corpus, batchTokens: 600, seed: 1)
    let batch = batcher.makeBatch(batcher.batches(epoch: 1)[0])
    #expect((0..<batch.count).allSatisfy { batch.target[sentence: $0].last == 0 })

    let model = try trained(batcher, pipeline)
    try ModelFiles.write(model, folder: folder.path)
    try pipeline.write(to: folder.path)
    let translator = try Translator(modelFolder: folder.path)
    let lines = Self.pairs.prefix(60)
    let right = zip(try translator.translate(lines.map(\.source)), lines).count { $0.text == $1.target }
    #expect(right >= 50, "\(right) of 60 are right")
  }

  private func trained(_ batcher: Batcher, _ pipeline: TextPipeline) throws -> TrainedTransformer {
    let size = pipeline.vocabularySize(.target)
    var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
    (configuration.size, configuration.innerSize, configuration.heads) = (32, 64, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
    (configuration.maxPositions, configuration.dropout) = (32, 0)
    configuration.specialTokens = pipeline.specialTokens
    var options = TrainerOptions()
    (options.shards, options.threads) = (1, 1)
    options.schedule = LearningRateSchedule(peak: 6e-3, warmup: 40)
    options.averageDecay = 0.95
    let trainer = Trainer(Transformer(configuration), options: options)
    for epoch in 1...30 {
      for plan in batcher.batches(epoch: epoch) { _ = trainer.update(batcher.makeBatch(plan)) }
    }
    return TrainedTransformer(trainer.model, weights: trainer.weightsForUse())
  }

  /// A model that was trained with one vocabulary must not be used with another.
  @Test func aModelWithOtherSpecialTokensIsRefused() throws {
    let folder = try TemporaryFolder()
    let pipeline = try learn(in: folder)
    let size = pipeline.vocabularySize(.target)
    var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
    (configuration.size, configuration.innerSize, configuration.heads) = (8, 8, 1)
    let architecture = Transformer(configuration)
    let model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
    let error = TranslationError.specialTokens(vocabulary: pipeline.specialTokens, model: .standard)
    #expect(throws: error) {
      try TranslationService(trained: model, pipeline: pipeline)
    }
    #expect("\(error)".contains("beginning \(size - 1)") && "\(error)".contains("beginning 1"))
  }
}
