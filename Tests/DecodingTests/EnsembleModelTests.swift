import Decoding
import Testing
import Tokens

@Suite struct EnsembleModelTests {
  @Test(arguments: [EnsembleModel<TableModel>.Averaging.probabilities, .logProbabilities])
  func averagesAsItSays(averaging: EnsembleModel<TableModel>.Averaging) {
    let rows: [[Float]] = [[0, 1, 2, 3, 4], [4, -2, 0.5, 1, -1], [-100, 0, 0, 0, 80]]
    let ensemble = EnsembleModel(rows.map { TableModel.constant($0) }, averaging: averaging)
    var state = ensemble.start(TokenBatch([[4, 2], [2]]))
    var scores: [Float] = []
    ensemble.step([1, 1], &state, scores: &scores)
    #expect(scores.count == 10)
    let logs = rows.map(logSoftmax)
    for token in 0..<5 {
      let values = logs.map { $0[token] }
      let expected =
        averaging == .probabilities
        ? (values.reduce(0) { $0 + Float($1).exponential } / 3).logarithm : values.reduce(0, +) / 3
      #expect(Double(scores[token]).isClose(to: expected, tolerance: 1e-4))
      #expect(scores[token] == scores[5 + token])
    }
  }

  @Test func ensembleOfOneModelTwiceTranslatesAsTheModel() {
    let model = TableModel.random(vocabularySize: 25, seed: 2)
    let source = TokenBatch(sentences([4, 9, 1, 6], vocabularySize: 25))
    let alone = BeamSearch(beamSize: 4, nBest: 2).search(source, model: model)
    let pair = BeamSearch(beamSize: 4, nBest: 2).search(source, model: EnsembleModel([model, model]))
    #expect(alone.map { $0.map(\.tokens) } == pair.map { $0.map(\.tokens) })
    #expect(
      zip(alone.joined(), pair.joined()).allSatisfy { $0.score.isClose(to: $1.score, tolerance: 1e-4) })
  }

  @Test func majorityOverrulesOneModel() {
    let models = [[0, 0, 0, 0, 5, 0], [0, 0, 0, 0, 0, 6], [0, 0, 0, 0, 5, 0]].map { TableModel.constant($0) }
    let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 2)
    let found = GreedySearch(limits: limits).search(TokenBatch([[4, 2]]), model: EnsembleModel(models))
    #expect(found[0][0].tokens == [4, 4])
  }
}
