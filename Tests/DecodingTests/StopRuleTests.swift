import Decoding
import Testing
import Tokens

@Suite struct StopRuleTests {
  static let lengths = [3, 6, 1, 9]

  func check(_ rule: StopRule, seed: Int, _ run: (inout NaiveBeam, Int) -> Void) {
    let model = TableModel.random(vocabularySize: 9, seed: seed, spread: 2)
    let source = sentences(Self.lengths, vocabularySize: 9, seed: seed)
      .map { $0.map { $0 == SpecialTokens.standard.unknown ? 4 : $0 } }
    for (size, nBest) in [(2, 1), (4, 1), (4, 4), (6, 3)] {
      let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 8)
      let found = BeamSearch(beamSize: size, nBest: nBest, limits: limits, stopRule: rule)
        .search(TokenBatch(source), model: model)
      for (sentence, hypotheses) in zip(source, found) {
        var naive = NaiveBeam(model: model, source: sentence, size: size, maxLength: 8)
        run(&naive, nBest)
        let expected = naive.best(nBest)
        #expect(hypotheses.map(\.tokens) == expected.map(\.tokens), "seed \(seed), beam \(size)")
        #expect(zip(hypotheses, expected).allSatisfy { $0.score.isClose(to: $1.score) })
      }
    }
  }

  @Test(arguments: [0.5, 1, 1.5, 3], 0..<12)
  func firstComeEndsWhenEnoughHaveEnded(patience: Double, seed: Int) {
    check(.firstCome(patience: patience), seed: seed) { $0.runFirstCome(patience: patience, nBest: $1) }
  }

  @Test(arguments: 0..<30)
  func fullEndsWhenWhatGoesOnIsWorse(seed: Int) {
    check(.full, seed: seed) { beam, _ in beam.runFull() }
  }

  @Test(arguments: 0..<30)
  func vanillaEndsWhenTheBeamHasEnded(seed: Int) {
    check(.vanilla, seed: seed) { beam, _ in beam.runVanilla() }
  }

  /// Otherwise the tests above could not tell them apart.
  @Test func rulesDiffer() {
    let source = TokenBatch(sentences(Self.lengths, vocabularySize: 9))
    func translations(_ rule: StopRule) -> [[[TokenID]]] {
      (0..<20).map { seed in
        BeamSearch(beamSize: 4, nBest: 3, stopRule: rule)
          .search(source, model: TableModel.random(vocabularySize: 9, seed: seed, spread: 2))
          .map { $0.flatMap { $0.tokens + [-1] } }
      }
    }
    let all = [StopRule.settled, .eager, .firstCome(), .firstCome(patience: 3), .full, .vanilla]
      .map(translations)
    #expect(Set(all).count == all.count)
  }

  @Test(arguments: [-2.0, -0.3, 0.4, 3])
  func aWordPenaltyCountsForEveryToken(penalty: Double) {
    for seed in 0..<20 {
      let model = TableModel.random(vocabularySize: 6 + seed % 2, seed: seed)
      let source = sentences([seed % 4], vocabularySize: 6, seed: seed)
      for lengthPenalty in BeamSearchTests.penalties {
        let scoring = Scoring(lengthPenalty: lengthPenalty, wordPenalty: penalty)
        let length = 1 + seed % 5
        let expected = ExhaustiveSearch(model: model, scoring: scoring, maxLength: length)
          .translations(of: source[0])
        for count in [1, 3] {
          let search = BeamSearch(
            beamSize: 2000, nBest: count, scoring: scoring,
            limits: SearchLimits(maxLengthRatio: 0, maxLengthExtra: length))
          let found = search.search(TokenBatch(source), model: model)[0]
          #expect(zip(found, expected).allSatisfy { $0.score.isClose(to: $1.score) }, "seed \(seed)")
        }
        // Stopping early never misses the best.
        let one = BeamSearch(beamSize: 4, scoring: scoring).search(TokenBatch(source), model: model)
        let all = BeamSearch(beamSize: 4, nBest: 4, scoring: scoring).search(TokenBatch(source), model: model)
        #expect(one[0][0] == all[0][0])
      }
    }
    let sums = HypothesisSums(logProbability: -6, length: 4)
    #expect(Scoring(lengthPenalty: .none, wordPenalty: penalty).score(sums).isClose(to: -6 - 4 * penalty))
  }
}
