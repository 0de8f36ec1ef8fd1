import Decoding
import Layers
import ModelFormats
import Models
import Tensors
import Testing
import Tokens

/// Translations that are given, read in one pass, compared with reading them token by token.
@Suite struct GivenTranslationTests {
  static func model(_ cell: DecoderCell, compute: ComputeType = .float32, seed: UInt64 = 5)
    -> TrainedTransformer
  {
    var configuration = ModelConfiguration(sourceVocabularySize: 40, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 24, 2)
    (configuration.encoderLayers, configuration.decoderLayers, configuration.maxPositions) = (1, 2, 60)
    (configuration.decoderCell, configuration.hasOutputBias) = (cell, true)
    configuration.specialTokens = SpecialTokens(
      padding: SpecialTokens.absent, beginning: SpecialTokens.absent, end: 0, unknown: 1)
    let architecture = Transformer(configuration)
    let weights = architecture.initialParameters(seed: seed)
    weights.replace(at: 0, with: weights.array.map { $0 * 2 })
    return TrainedTransformer(architecture, weights: ModelWeights(weights), compute: compute)
  }

  static let source: [[TokenID]] =
    [[5, 9, 22, 0], [31, 0], [7, 7, 12, 30, 2, 15, 0], [0], [25, 1, 6, 0], [39, 38, 37, 0]]
    + (0..<8).map { [TokenID(10 + $0), TokenID(20 + 2 * $0), 0] }

  /// Several translations of each sentence, some of them empty, with `<unk>`, or long; too many for one pass.
  static let given: [[[TokenID]]] = source.indices.map { sentence in
    var generator = Mixer(seed: sentence)
    return [3, 0, 17, 5, 50].prefix(1 + sentence).map { length in
      (0..<length).map { _ in TokenID.random(in: 1..<40, using: &generator) } + [0]
    }
  }

  static let input = DecoderInput(
    TokenBatch(source),
    guides: given.map { translations in
      var guide = SentenceGuide()
      guide.given = translations
      return guide
    })

  /// The log-probabilities of a translation, by definition.
  static func read(_ tokens: [TokenID], of source: [TokenID], by model: some StepwiseModel) -> [Double] {
    var (state, scores, last) = (model.start(TokenBatch([source])), [Float](), model.specialTokens.beginning)
    return tokens.map { token in
      model.step([last], &state, scores: &scores)
      last = token
      return logSoftmax(scores)[Int(token)]
    }
  }

  func check(
    _ found: [[Hypothesis]], _ expected: (_ sentence: Int, _ tokens: [TokenID]) -> [Double],
    tolerance: Double = 1e-4
  ) {
    for (sentence, hypotheses) in found.enumerated() {
      let translations = Self.given[sentence]
      #expect(hypotheses.map { $0.given ?? -1 }.sorted() == Array(translations.indices))
      #expect(hypotheses.map(\.score) == hypotheses.map(\.score).sorted(by: >))
      for hypothesis in hypotheses {
        let tokens = translations[hypothesis.given ?? 0]
        #expect(hypothesis.tokens + [0] == tokens && hypothesis.ending == .endToken)
        let expected = expected(sentence, tokens)
        #expect(hypothesis.tokenLogProbabilities.count == expected.count)
        for (left, right) in zip(hypothesis.tokenLogProbabilities, expected) {
          #expect(Double(left).isClose(to: right, tolerance: tolerance))
        }
        #expect(hypothesis.sums.length == tokens.count)
        #expect(hypothesis.logProbability.isClose(to: expected.reduce(0, +), tolerance: tolerance))
      }
    }
  }

  @Test(arguments: DecoderCell.allCases, [ComputeType.float32, .int8])
  func onePassIsAsGoodAsSteps(cell: DecoderCell, compute: ComputeType) {
    let model = Self.model(cell, compute: compute)
    for strategy in [GreedySearch(), BeamSearch(beamSize: 3)] as [any SearchStrategy] {
      check(AutoregressiveDecoder(model, strategy: strategy).decode(Self.input)) {
        Self.read($1, of: Self.source[$0], by: model)
      }
    }
    // A model that cannot read at once is read step by step.
    check(AutoregressiveDecoder(SteppedModel(model: model), strategy: BeamSearch()).decode(Self.input)) {
      Self.read($1, of: Self.source[$0], by: model)
    }
  }

  @Test(arguments: [EnsembleModel<TrainedTransformer>.Averaging.probabilities, .logProbabilities])
  func ensemblesScoreTogether(averaging: EnsembleModel<TrainedTransformer>.Averaging) {
    let models = [Self.model(.ssru), Self.model(.selfAttention, seed: 6), Self.model(.ssru, seed: 7)]
    let ensemble = EnsembleModel(models, averaging: averaging)
    check(AutoregressiveDecoder(ensemble, strategy: BeamSearch()).decode(Self.input)) {
      Self.read($1, of: Self.source[$0], by: ensemble)
    }
  }

  /// Each translation is scored among the candidates of its source and its own tokens, whatever else is in the list.
  @Test(arguments: DecoderCell.allCases, [ComputeType.float32, .int8])
  func shortlistsCount(cell: DecoderCell, compute: ComputeType) {
    let model = Self.model(cell, compute: compute)
    let shortlist = LexicalShortlist(
      firstCount: 4, bestCount: 5, lists: (0..<40).map { i in (0..<5).map { UInt32((3 * i + $0) % 40) } })
    let decoder = ShortlistedDecoder(model, shortlist, strategy: BeamSearch())
    check(decoder.decode(Self.input)) { sentence, tokens in
      let source = Self.source[sentence]
      let list = shortlist.candidates(for: source.map { Int($0) }, vocabularySize: 40, isShared: true)
      let allowed = Set(list.map { Int($0) } + tokens.map { Int($0) } + [0, 1])
      var (state, scores, last) = (model.start(TokenBatch([source])), [Float](), SpecialTokens.absent)
      return tokens.map { token in
        model.step([last], &state, scores: &scores)
        last = token
        let kept = allowed.sorted()
        return logSoftmax(kept.map { scores[$0] })[kept.firstIndex(of: Int(token)) ?? 0]
      }
    }
  }

  @Test(arguments: [false, true]) func attentionAndCoverageAreRead(hasShortlist: Bool) {
    let model = Self.model(.selfAttention)
    var search = BeamSearch(scoring: Scoring(coveragePenalty: 0.3))
    search.recordsAttention = true
    let everything = LexicalShortlist(firstCount: 40, bestCount: 0, lists: (0..<40).map { _ in [] })
    let decoder: any BatchDecoder =
      hasShortlist
      ? ShortlistedDecoder(model, everything, strategy: search)
      : AutoregressiveDecoder(model, strategy: search)
    let found = decoder.decode(Self.input)
    check(found) { Self.read($1, of: Self.source[$0], by: model) }
    for (sentence, hypotheses) in found.enumerated() {
      for hypothesis in hypotheses {
        #expect(hypothesis.attention.count == hypothesis.sums.length)
        #expect(hypothesis.attention.allSatisfy { $0.count == Self.source[sentence].count })
        #expect(hypothesis.score == search.scoring.score(hypothesis.sums))
        // A single prediction cannot cover several tokens.
        let isCovered = hypothesis.sums.length > 1 || Self.source[sentence].count == 1
        let free = Scoring().score(hypothesis.sums)
        #expect(isCovered ? hypothesis.score <= free : hypothesis.score < free)
      }
    }
  }

  /// With a shortlist of all tokens, alternatives are those without one.
  @Test func alternativesKnowShortlists() {
    let model = Self.model(.ssru)
    let everything = LexicalShortlist(firstCount: 40, bestCount: 0, lists: (0..<40).map { _ in [] })
    var guide = SentenceGuide()
    guide.place = WordPlace(after: [5, 9], count: 4)
    let input = DecoderInput(TokenBatch(Self.source), guides: Self.source.map { _ in guide })
    let expected = AutoregressiveDecoder(model, strategy: BeamSearch()).decode(input)
    let found = ShortlistedDecoder(model, everything, strategy: BeamSearch()).decode(input)
    #expect(found.map { $0.map(\.tokens) } == expected.map { $0.map(\.tokens) })
    #expect(found.allSatisfy { $0.count == 4 && $0.allSatisfy { $0.nextWord?.tokens.lowerBound == 2 } })
  }

  @Test func othersAreSearchedAsUsual() {
    let model = Self.model(.ssru)
    let guides = Self.source.indices.map { $0 % 2 == 0 ? Self.input.guides[$0] : SentenceGuide() }
    let decoder = AutoregressiveDecoder(model, strategy: BeamSearch(beamSize: 3))
    let mixed = decoder.decode(DecoderInput(TokenBatch(Self.source), guides: guides))
    let (given, free) = (decoder.decode(Self.input), decoder.decode(DecoderInput(TokenBatch(Self.source))))
    for index in Self.source.indices { #expect(mixed[index] == (index % 2 == 0 ? given : free)[index]) }
  }

  @Test func whatTheModelCannotReadIsCut() {
    let model = Self.model(.selfAttention)
    var guide = SentenceGuide()
    guide.given = [Array(repeating: 7, count: 90) + [0], [7, 0]]
    let found = AutoregressiveDecoder(model, strategy: BeamSearch())
      .decode(DecoderInput(TokenBatch([[5, 0]]), guides: [guide]))[0]
    #expect(found.map { $0.given ?? -1 } == [1, 0])
    #expect(found[1].reachedLimit && found[1].tokens.count == 60)
  }
}

/// A model that is read step by step.
private struct SteppedModel: StepwiseModel {
  let model: TrainedTransformer

  var vocabularySize: Int { model.vocabularySize }
  var specialTokens: SpecialTokens { model.specialTokens }
  var maxLength: Int { model.maxLength }
  func start(_ source: TokenBatch) -> DecodingState { model.start(source) }

  func step(_ last: [TokenID], _ state: inout DecodingState, scores: inout [Float]) {
    model.step(last, &state, scores: &scores)
  }
}
