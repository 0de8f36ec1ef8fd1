import Decoding
import Models
import Tensors
import Testing
import Tokens

@Suite struct DraftingDecoderTests {
  private static let model: TrainedTransformer = {
    var configuration = ModelConfiguration(sourceVocabularySize: 40, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
    var part = NonautoregressiveConfiguration(method: .length)
    (part.layers, part.maxLengthDifference) = (1, 3)
    configuration.nonautoregressive = part
    let architecture = Transformer(configuration)
    return TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 4))
  }()
  private static let source = TokenBatch([
    [7, 8, 9, 10, 2], [5, 6, 2], [30, 31, 32, 33, 34, 35, 36, 37, 2],
  ])
  private static func plan(beamSize: Int, nBest: Int = 1) throws -> SearchPlan {
    var options = SearchOptions()
    (options.beamSize, options.nBest, options.nonautoregressive.lengthBeam) = (beamSize, nBest, 4)
    return try SearchPlan(options)
  }

  private static func decode(threshold: Double) throws -> [[Hypothesis]] {
    try DraftingDecoder(model, plan: plan(beamSize: 1), threshold: threshold).decode(DecoderInput(source))
  }

  @Test func scoresAreThoseOfStepByStepPrediction() {
    let targets: [(sentence: Int, tokens: [TokenID])] = [(2, [4, 5, 2]), (0, [2]), (2, [9, 9, 8, 7, 2])]
    let found = Self.model.encode(Self.source).logProbabilities(targets)
    for (target, logProbabilities) in zip(targets, found) {
      var state = Self.model.start(TokenBatch([Array(Self.source[sentence: target.sentence])]))
      var (last, scores) = (SpecialTokens.standard.beginning, [Float]())
      for (token, logProbability) in zip(target.tokens, logProbabilities) {
        Self.model.step([last], &state, scores: &scores)
        let sum = scores.reduce(0) { $0 + exponential(Double($1)) }
        #expect(
          abs(exponential(Double(logProbability)) - exponential(Double(scores[Int(token)])) / sum) < 1e-5)
        last = token
      }
    }
    #expect(Self.model.encode(Self.source).logProbabilities([]).isEmpty)
  }

  @Test func theBestDraftIsTakenWhereItIsGoodEnough() throws {
    let drafts = try NonautoregressiveSearch(Self.model, plan: Self.plan(beamSize: 4, nBest: 4))
      .decode(DecoderInput(Self.source))
    for (sentence, found) in try Self.decode(threshold: -.infinity).enumerated() {
      let scores = Self.model.encode(Self.source).logProbabilities(
        drafts[sentence].map { (sentence, $0.tokens + [2]) }
      ).map { $0.reduce(0) { $0 + Double($1) } / Double($0.count) }
      let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
      #expect(found[0].tokens == drafts[sentence][best].tokens)
      #expect(abs(found[0].score - scores[best]) < 1e-5)
      #expect(found.count == 1)
    }
  }

  @Test func thereAreAsManyTranslationsAsAreAskedFor() throws {
    for count in [1, 2, 4, 5] {
      let decoder = try DraftingDecoder(
        Self.model, plan: Self.plan(beamSize: 5, nBest: count), threshold: -.infinity)
      let found = decoder.decode(DecoderInput(Self.source))
      // There are only as many drafts as lengths are tried.
      #expect(found.allSatisfy { $0.count == min(count, 4) })
    }
  }

  @Test func theOthersAreTranslatedBySearch() throws {
    let all = try Self.decode(threshold: 0)
    let searched = GreedySearch().search(Self.source, model: Self.model)
    #expect(all == searched)
    // One sentence below the threshold, the others above it.
    let drafted = try Self.decode(threshold: -.infinity)
    let worst = drafted.indices.min { drafted[$0][0].score < drafted[$1][0].score } ?? 0
    let mixed = try Self.decode(threshold: drafted[worst][0].score + 1e-6)
    for sentence in mixed.indices {
      #expect(mixed[sentence] == (sentence == worst ? searched : drafted)[sentence])
    }
  }
}
