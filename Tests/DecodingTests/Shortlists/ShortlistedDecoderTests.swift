import Decoding
import Layers
import ModelFormats
import Models
import Tensors
import Testing
import Tokens

@Suite struct ShortlistedDecoderTests {
  static let strategies: [any SearchStrategy] = [
    GreedySearch(), GreedySearch(computesScores: false), BeamSearch(beamSize: 3, nBest: 2),
  ]
  static let cells = DecoderCell.allCases

  /// 40 tokens, the last of which are rare; `</s>` is 0, `<unk>` is 1, and the decoder starts with zeros.
  private static func model(
    _ cell: DecoderCell, compute: ComputeType = .float32, special: SpecialTokens? = nil
  ) -> TrainedTransformer {
    var configuration = ModelConfiguration(sourceVocabularySize: 40, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 24, 2)
    (configuration.encoderLayers, configuration.decoderLayers, configuration.maxPositions) = (1, 2, 60)
    (configuration.decoderCell, configuration.hasOutputBias) = (cell, true)
    configuration.specialTokens =
      special
      ?? SpecialTokens(padding: SpecialTokens.absent, beginning: SpecialTokens.absent, end: 0, unknown: 1)
    let architecture = Transformer(configuration)
    let weights = architecture.initialParameters(seed: 5)
    weights.replace(at: 0, with: weights.array.map { $0 * 2 })
    return TrainedTransformer(architecture, weights: ModelWeights(weights), compute: compute)
  }

  private static let source = TokenBatch([
    [5, 9, 22, 0], [31, 0], [7, 7, 12, 30, 2, 15, 0], [0], [25, 1, 6, 0], [39, 38, 37, 0],
  ])

  /// Source token i may be translated to tokens 3i to 3i + 4, modulo 40.
  private static let shortlist = LexicalShortlist(
    firstCount: 4, bestCount: 5, lists: (0..<40).map { i in (0..<5).map { UInt32((3 * i + $0) % 40) } })

  private static let everything = LexicalShortlist(
    firstCount: 40, bestCount: 0, lists: (0..<40).map { _ in [] })

  @Test(arguments: cells, strategies.indices)
  func aShortlistOfAllTokensChangesNothing(cell: DecoderCell, strategy: Int) {
    let (model, strategy) = (Self.model(cell), Self.strategies[strategy])
    let input = DecoderInput(Self.source)
    let found = ShortlistedDecoder(model, Self.everything, strategy: strategy).decode(input)
    let expected = AutoregressiveDecoder(model, strategy: strategy).decode(input)
    #expect(found.map { $0.map(\.tokens) } == expected.map { $0.map(\.tokens) })
    expectSameScores(found, expected)
  }

  /// Those of other toolkits are anywhere in the vocabulary, and `</s>` may begin translations, too.
  @Test(arguments: [
    SpecialTokens(padding: 0, beginning: 1, end: 5, unknown: 2),
    SpecialTokens(padding: 1, beginning: 39, end: 39, unknown: 3),
  ])
  func specialTokensMayHaveAnyIDs(_ special: SpecialTokens) {
    let model = Self.model(.selfAttention, special: special)
    let sentences = [[5, 9, 22], [31], [7, 7, 12, 30, 15], [], [25, 6]] as [[TokenID]]
    let input = DecoderInput(TokenBatch(sentences.map { $0.filter { $0 != special.end } + [special.end] }))
    for strategy in Self.strategies {
      let found = ShortlistedDecoder(model, Self.everything, strategy: strategy).decode(input)
      let expected = AutoregressiveDecoder(model, strategy: strategy).decode(input)
      #expect(found.map { $0.map(\.tokens) } == expected.map { $0.map(\.tokens) })
    }
  }

  /// The reference scores all tokens and then excludes those that are not in the sentence's list.
  @Test(arguments: cells, [0, 2])
  func findsWhatASearchAmongTheCandidatesFinds(cell: DecoderCell, strategy: Int) {
    let (model, strategy) = (Self.model(cell), Self.strategies[strategy])
    let input = DecoderInput(Self.source)
    let found = ShortlistedDecoder(model, Self.shortlist, strategy: strategy).decode(input)
    let expected = (0..<Self.source.count).map { sentence in
      let tokens = Array(Self.source[sentence: sentence])
      let list = Self.shortlist.candidates(
        for: tokens.map { Int($0) }, vocabularySize: 40, isShared: true)
      let masked = MaskedModel(model: model, allowed: Set(list))
      return AutoregressiveDecoder(masked, strategy: strategy)
        .decode(DecoderInput(TokenBatch([tokens])))[0]
    }
    for (sentence, hypotheses) in found.enumerated() where !Self.source[sentence: sentence].contains(1) {
      #expect(hypotheses.map(\.tokens) == expected[sentence].map(\.tokens), "sentence \(sentence)")
    }
    let known = found.indices.filter { !Self.source[sentence: $0].contains(1) }
    expectSameScores(known.map { found[$0] }, known.map { expected[$0] })
  }

  @Test(arguments: [ComputeType.float32, .int8], strategies.indices)
  func translationsDoNotDependOnTheBatch(compute: ComputeType, strategy: Int) {
    let (model, strategy) = (Self.model(.ssru, compute: compute), Self.strategies[strategy])
    let decoder = ShortlistedDecoder(model, Self.shortlist, strategy: strategy)
    let together = decoder.decode(DecoderInput(Self.source))
    for sentence in 0..<Self.source.count {
      let alone = decoder.decode(DecoderInput(TokenBatch([Array(Self.source[sentence: sentence])])))
      #expect(alone[0].map(\.tokens) == together[sentence].map(\.tokens), "sentence \(sentence)")
    }
  }

  private func expectSameScores(_ found: [[Hypothesis]], _ expected: [[Hypothesis]]) {
    for (left, right) in zip(found.joined(), expected.joined()) {
      #expect(left.score.isNaN == right.score.isNaN)
      if !left.score.isNaN { #expect(abs(left.score - right.score) < 1e-5) }
    }
  }
}

/// A model that can predict only some tokens.
private struct MaskedModel: StepwiseModel {
  let model: TrainedTransformer
  let allowed: Set<Int>

  var vocabularySize: Int { model.vocabularySize }
  var specialTokens: SpecialTokens { model.specialTokens }
  var maxLength: Int { model.maxLength }
  func start(_ source: TokenBatch) -> DecodingState { model.start(source) }

  func step(_ last: [TokenID], _ state: inout DecodingState, scores: inout [Float]) {
    model.step(last, &state, scores: &scores)
    for index in scores.indices where !allowed.contains(index % vocabularySize) { scores[index] = -.infinity }
  }
}
