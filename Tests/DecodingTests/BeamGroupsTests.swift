import Decoding
import Testing
import Tokens

@Suite struct BeamGroupsTests {
  func search(_ size: Int, _ groups: BeamGroups, nBest: Int) -> BeamSearch {
    var search = BeamSearch(
      beamSize: size, nBest: nBest, limits: SearchLimits(maxLengthRatio: 0, maxLengthExtra: 7))
    search.groups = groups
    return search
  }

  @Test(arguments: [0.0, 0.3, 1, 50], 0..<10)
  func groupsAvoidWhatOthersHaveChosen(diversity: Double, seed: Int) {
    let model = TableModel.random(vocabularySize: 11, seed: seed, spread: 2)
    let source = sentences([3, 5, 1], vocabularySize: 11, seed: seed)
      .map { $0.map { $0 == SpecialTokens.standard.unknown ? 4 : $0 } }
    for (size, count) in [(4, 2), (6, 3), (4, 4)] {
      // As many as the beam holds, so that no group stops early.
      let found = search(size, BeamGroups(count, diversity: diversity), nBest: size)
        .search(TokenBatch(source), model: model)
      for (sentence, hypotheses) in zip(source, found) {
        var groups = (0..<count).map { _ in
          NaiveBeam(model: model, source: sentence, size: size / count, maxLength: 7)
        }
        while groups.contains(where: { !$0.live.isEmpty }) {
          var losses: [TokenID: Double] = [:]
          for index in groups.indices {
            for token in groups[index].stepNarrowing(losses: losses) {
              losses[token, default: 0] += diversity
            }
          }
        }
        let expected = Set(groups.flatMap { $0.finished.map(\.tokens) })
        #expect(Set(hypotheses.map(\.tokens)) == expected)
        #expect(hypotheses.count == expected.count)
        #expect(
          hypotheses.filter { !$0.reachedLimit }.map(\.score)
            == hypotheses.filter { !$0.reachedLimit }.map(\.score).sorted(by: >))
      }
    }
  }

  /// With a high diversity no two groups begin with the same token.
  @Test func eachGroupHasABestTranslation() {
    let model = TableModel.random(vocabularySize: 30, seed: 3)
    let source = TokenBatch(sentences([4, 7], vocabularySize: 30))
    for hypotheses in search(5, BeamGroups(5, diversity: 1000), nBest: 5).search(source, model: model) {
      #expect(Set(hypotheses.map { $0.tokens[0] }).count == 5)
      // Scores are the model's own.
      for hypothesis in hypotheses {
        #expect(Double(hypothesis.tokenLogProbabilities.reduce(0, +)).isClose(to: hypothesis.logProbability))
      }
    }
    let usual = search(5, BeamGroups(), nBest: 5).search(source, model: model)
    #expect(usual.contains { Set($0.map { $0.tokens[0] }).count < 5 })
  }

  @Test func theBestOfEachGroupComesBeforeSecondBests() {
    let model = TableModel.random(vocabularySize: 30, seed: 4)
    let source = TokenBatch(sentences([4, 7], vocabularySize: 30))
    let two = search(4, BeamGroups(2, diversity: 1000), nBest: 2).search(source, model: model)
    #expect(two.allSatisfy { $0.count == 2 && $0[0].tokens[0] != $0[1].tokens[0] })
  }
}
