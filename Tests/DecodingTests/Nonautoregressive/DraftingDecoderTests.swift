import Decoding
import Models
import Tensors
import Testing
import Text
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
  private static let numbers = [0, 1, 2]

  private static var drafts: NonautoregressiveSearchOptions {
    var options = NonautoregressiveSearchOptions()
    (options.lengthBeam, options.nBest) = (4, 4)
    return options
  }

  private static func decode(threshold: Double) -> [[Hypothesis]] {
    DraftingDecoder(model, drafts: drafts, strategy: GreedySearch(), threshold: threshold)
      .decode(source, numbers: numbers)
  }

  @Test func scoresAreThoseOfStepByStepPrediction() {
    let targets: [(sentence: Int, tokens: [TokenID])] = [(2, [4, 5, 2]), (0, [2]), (2, [9, 9, 8, 7, 2])]
    let found = Self.model.encode(Self.source).logProbabilities(targets)
    for (target, logProbabilities) in zip(targets, found) {
      var state = Self.model.start(TokenBatch([Array(Self.source[sentence: target.sentence])]))
      var (last, scores) = (SpecialToken.beginning, [Float]())
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

  @Test func theBestDraftIsTakenWhereItIsGoodEnough() {
    let drafts = NonautoregressiveSearch(Self.model, options: Self.drafts)
      .decode(Self.source, numbers: Self.numbers)
    for (sentence, found) in Self.decode(threshold: -.infinity).enumerated() {
      let scores = Self.model.encode(Self.source).logProbabilities(
        drafts[sentence].map { (sentence, $0.tokens + [2]) }
      ).map { $0.reduce(0) { $0 + Double($1) } / Double($0.count) }
      let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
      #expect(found[0].tokens == drafts[sentence][best].tokens)
      #expect(abs(found[0].score - scores[best]) < 1e-5)
      #expect(found.count == 4)
    }
  }

  @Test func theOthersAreTranslatedBySearch() {
    let all = Self.decode(threshold: 0)
    let searched = GreedySearch().search(Self.source, numbers: Self.numbers, model: Self.model)
    #expect(all == searched)
    // One sentence below the threshold, the others above it.
    let drafted = Self.decode(threshold: -.infinity)
    let worst = drafted.indices.min { drafted[$0][0].score < drafted[$1][0].score } ?? 0
    let mixed = Self.decode(threshold: drafted[worst][0].score + 1e-6)
    for sentence in mixed.indices {
      #expect(mixed[sentence] == (sentence == worst ? searched : drafted)[sentence])
    }
  }
}
