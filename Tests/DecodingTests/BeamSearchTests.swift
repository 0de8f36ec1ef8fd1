import Decoding
import Testing
import Tokens

@Suite struct BeamSearchTests {
  static let penalties: [LengthPenalty] = [
    .none, .gnmt(alpha: 0.6), .gnmt(alpha: 1), .gnmt(alpha: 2), .normalized(alpha: 1),
    .normalized(alpha: 0.5),
    .normalized(alpha: 0), .normalized(alpha: 3),
  ]

  @Test(arguments: penalties)
  func beamAsWideAsTheSpaceFindsTheBest(penalty: LengthPenalty) {
    for seed in 0..<30 {
      let model = TableModel.random(vocabularySize: 6 + seed % 2, seed: seed)
      let source = sentences([seed % 4], vocabularySize: 6, seed: seed)
      let length = 1 + seed % 5
      let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: length)
      for count in [1, 3, 10] {
        let search = BeamSearch(
          beamSize: 2000, nBest: count, scoring: Scoring(lengthPenalty: penalty), limits: limits)
        let found = search.search(TokenBatch(source), model: model)[0]
        let expected = ExhaustiveSearch(
          model: model, scoring: Scoring(lengthPenalty: penalty), maxLength: length
        )
        .translations(of: source[0]).prefix(count)
        #expect(found.map(\.tokens) == expected.map(\.tokens), "seed \(seed)")
        #expect(found.map(\.ending) == expected.map(\.ending), "seed \(seed)")
        #expect(zip(found, expected).allSatisfy { $0.score.isClose(to: $1.score) })
        #expect(zip(found, expected).allSatisfy { $0.logProbability.isClose(to: $1.logProbability) })
      }
    }
  }

  @Test func widerBeamFindsWhatGreedySearchMisses() throws {
    // 4 looks better than 5, but what follows 4 is improbable.
    let model = TableModel(vocabularySize: 7) { _, tokens in
      switch tokens {
      case []: [-9, -9, -9, -9, 1, 0.9, -9]
      case [4]: [-9, -9, 0, 0, 0, 0, 0]
      case [5]: [-9, -9, 9, -9, -9, -9, -9]
      default: [-9, -9, 0, -9, -9, -9, -9]
      }
    }
    let source = TokenBatch([[4, SpecialTokens.standard.end]])
    #expect(BeamSearch(beamSize: 1).search(source, model: model)[0][0].tokens.first == 4)
    let best = try #require(BeamSearch(beamSize: 2).search(source, model: model)[0].first)
    #expect(best.tokens == [5])
    #expect(best.tokenLogProbabilities.count == 2)
    #expect(Double(best.tokenLogProbabilities.reduce(0, +)).isClose(to: best.logProbability))
  }

  @Test(arguments: [1, 2, 4, 7])
  func nBestIsSortedAndDistinct(count: Int) {
    let source = TokenBatch(sentences([3, 0, 7, 5, 1], vocabularySize: 20))
    let model = TableModel.random(vocabularySize: 20, seed: 3)
    for hypotheses in BeamSearch(beamSize: 7, nBest: count).search(source, model: model) {
      #expect(hypotheses.count == count)
      #expect(Set(hypotheses.map(\.tokens)).count == count)
      let whole = hypotheses.filter { !$0.reachedLimit }
      #expect(whole.map(\.score) == whole.map(\.score).sorted(by: >))
      #expect(hypotheses.prefix(whole.count).allSatisfy { !$0.reachedLimit })
    }
  }

  @Test func stoppingEarlyNeverChangesTheBest() {
    // The same beam with `nBest` equal to its size cannot stop before all hypotheses have ended.
    let source = TokenBatch(sentences([3, 9, 7, 5, 1], vocabularySize: 12))
    for seed in 0..<20 {
      for penalty in Self.penalties {
        let scoring = Scoring(lengthPenalty: penalty)
        let model = TableModel.random(vocabularySize: 12, seed: seed)
        let one = BeamSearch(beamSize: 4, nBest: 1, scoring: scoring).search(source, model: model)
        let all = BeamSearch(beamSize: 4, nBest: 4, scoring: scoring).search(source, model: model)
        #expect(one.map { $0[0] } == all.map { $0[0] })
      }
    }
  }

  @Test func eagerStoppingTakesFewerSteps() {
    let source = TokenBatch(sentences([9, 8], vocabularySize: 12))
    let (patient, eager) = (
      TableModel.random(vocabularySize: 12, seed: 5), TableModel.random(vocabularySize: 12, seed: 5)
    )
    _ = BeamSearch(beamSize: 5).search(source, model: patient)
    let found = BeamSearch(beamSize: 5, stopRule: .eager).search(source, model: eager)
    #expect(eager.rowCounts.all.reduce(0, +) < patient.rowCounts.all.reduce(0, +))
    #expect(found.allSatisfy { $0.count == 1 && $0[0].ending == .endToken })
  }

  @Test func finishedSentencesLeaveTheBatch() {
    // A sentence with n tokens always ends after n predictions, whatever the beam does.
    let model = TableModel(vocabularySize: 8) { source, tokens in
      var scores = [Float](repeating: 0, count: 8)
      scores[2] = tokens.count + 1 >= source.count ? 50 : -50
      return scores
    }
    let source = TokenBatch([[4, 4, 4, 2], [4, 2], [4, 4, 2]])
    _ = BeamSearch(beamSize: 3, nBest: 3).search(source, model: model)
    #expect(model.rowCounts.all == [3, 9, 6, 3])
    let greedy = TableModel(vocabularySize: 8, scores: model.scores)
    _ = GreedySearch().search(source, model: greedy)
    #expect(greedy.rowCounts.all == [3, 3, 2, 1])
  }
}
