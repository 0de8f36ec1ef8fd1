import Decoding
import Testing
import Tokens

/// What every strategy guarantees.
@Suite struct SearchStrategyTests {
  static let strategies: [any SearchStrategy] = [
    GreedySearch(), GreedySearch(scoring: Scoring(lengthPenalty: .none)), BeamSearch(beamSize: 1),
    BeamSearch(beamSize: 2, nBest: 2),
    BeamSearch(beamSize: 5, nBest: 3), BeamSearch(beamSize: 5, scoring: Scoring(lengthPenalty: .none)),
    BeamSearch(beamSize: 4, stopRule: .eager),
    BeamSearch(beamSize: 4, stopRule: .firstCome(patience: 2)), BeamSearch(beamSize: 4, stopRule: .vanilla),
    BeamSearch(beamSize: 4, stopRule: .full),
    diverse, SamplingSearch(count: 3),
    SamplingSearch(Sampling(temperature: 0.7, topK: 5, topP: 0.9, seed: 3)),
    SamplingSearch(Sampling(minP: 0.05, epsilon: 0.02, eta: 0.02)),
  ]

  static let diverse = {
    var search = BeamSearch(beamSize: 6, nBest: 3)
    search.groups = BeamGroups(3, diversity: 1)
    return search
  }()

  static func source(_ count: Int) -> [[TokenID]] {
    sentences((0..<count).map { $0 * 7 % 11 }, vocabularySize: 30)
  }

  @Test(arguments: strategies.indices)
  func batchOfManyEqualsOneByOne(index: Int) {
    let (strategy, source) = (Self.strategies[index], Self.source(17))
    let model = TableModel.random(vocabularySize: 30, seed: 11)
    let together = strategy.search(TokenBatch(source), model: model)
    let apart = source.indices.map {
      strategy.search(DecoderInput(TokenBatch([source[$0]]), numbers: [$0]), model: model)[0]
    }
    #expect(together == apart)
    let backwards = strategy.search(
      DecoderInput(TokenBatch(source.reversed()), numbers: source.indices.reversed()), model: model)
    #expect(backwards.reversed() == together)
  }

  @Test(arguments: strategies.indices)
  func equalScoresAreBrokenTheSameWayInEveryBatch(index: Int) {
    // With few different values, nearly every choice is a tie.
    let model = TableModel(vocabularySize: 30) { source, tokens in
      (0..<30).map { Float(($0 + tokens.count + source.count) % 3) }
    }
    let (strategy, source) = (Self.strategies[index], Self.source(9))
    let together = strategy.search(TokenBatch(source), model: model)
    for index in source.indices {
      #expect(
        strategy.search(DecoderInput(TokenBatch([source[index]]), numbers: [index]), model: model)[0]
          == together[index])
    }
  }

  @Test(arguments: strategies.indices)
  func forbiddenTokensNeverAppear(index: Int) {
    // The model prefers special tokens; the source contains two unknown tokens.
    let model = TableModel(vocabularySize: 12) { _, tokens in
      [9, 8, tokens.count > 6 ? 9 : -2, 7] + (4..<12).map { Float($0 % 3) }
    }
    let source: [[TokenID]] = [[5, 3, 6, 3, 2], [5, 6, 2], [2], []]
    let found = Self.strategies[index].search(TokenBatch(source), model: model)
    for (sentence, hypotheses) in zip(source, found) {
      #expect(!hypotheses.isEmpty)
      for hypothesis in hypotheses {
        #expect(hypothesis.tokens.allSatisfy { $0 >= SpecialTokens.standard.unknown })
        #expect(
          hypothesis.tokens.count { $0 == SpecialTokens.standard.unknown } <= sentence.count { $0 == 3 })
        if sentence.count > 1 { #expect(!hypothesis.tokens.isEmpty) }
      }
    }
  }

  @Test(arguments: strategies.indices)
  func lengthIsLimited(index: Int) {
    // This model never predicts the end.
    let model = TableModel(vocabularySize: 6) { _, tokens in
      [0, 0, -.infinity, 0, 1, tokens.count % 2 == 0 ? 2 : 0]
    }
    let found = Self.strategies[index].search(TokenBatch([[4, 4, 4, 2], [2]]), model: model)
    for (hypotheses, length) in zip(found, [26, 20]) {
      #expect(hypotheses.allSatisfy { $0.reachedLimit && $0.tokens.count == length })
    }
  }

  @Test(arguments: strategies.indices, [Float.nan, .infinity, -.infinity])
  func scoresThatAreNoNumbersDoNotCrash(index: Int, value: Float) {
    let strategy = Self.strategies[index]
    let source = TokenBatch([[4, 5, 2], [2]])
    for hypotheses in strategy.search(source, model: TableModel.constant(Array(repeating: value, count: 40)))
    {
      #expect(hypotheses.allSatisfy { $0.ending == .invalidScores && $0.tokens.isEmpty })
      #expect(!hypotheses.isEmpty)
    }
    // Some invalid scores, at every position of a vector loop.
    let model = TableModel(vocabularySize: 40) { _, tokens in
      var scores = (0..<40).map { Float($0 % 7) }
      for place in stride(from: tokens.count, to: 40, by: 5) { scores[place] = value }
      return scores
    }
    #expect(strategy.search(source, model: model).allSatisfy { !$0.isEmpty })
  }

  @Test func beamOfOneEqualsGreedySearch() {
    let source = TokenBatch(Self.source(40))
    for seed in 0..<20 {
      let model = TableModel.random(vocabularySize: 37, seed: seed, spread: 6)
      let greedy = GreedySearch().search(source, model: model)
      #expect(greedy == BeamSearch(beamSize: 1).search(source, model: model))
      let unscored = GreedySearch(computesScores: false).search(source, model: model)
      #expect(unscored.map { $0[0].tokens } == greedy.map { $0[0].tokens })
      #expect(unscored.allSatisfy { $0[0].score.isNaN && $0[0].tokenLogProbabilities.isEmpty })
    }
  }

  @Test func emptyBatchGivesNothing() {
    for strategy in Self.strategies {
      #expect(strategy.search(TokenBatch([]), model: TableModel.constant([0, 0, 0, 0, 1])).isEmpty)
    }
  }
}
