import Decoding
import Layers
import Models
import Tensors
import Testing
import Tokens

/// The second term of equation 14 of the paper.
private func coverage(_ attention: [[Float]], penalty: Double) -> Double {
  guard let first = attention.first else { return 0 }
  return penalty
    * first.indices.reduce(0) { sum, token in
      sum + min(attention.reduce(0) { $0 + Double($1[token]) }, 1).logarithm
    }
}

@Suite struct CoveragePenaltyTests {
  /// A model with two translations: 4 is more probable, but attends only to the first word; 5 attends to both.
  private static let lazyModel: TableModel = {
    var model = TableModel(vocabularySize: 6) { _, tokens in
      tokens.isEmpty
        ? [-50, -50, -50, -50, Float(0.6.logarithm), Float(0.4.logarithm)] : [-50, -50, 0, -50, -50, -50]
    }
    model.attention = { _, tokens in
      switch tokens {
      case [4]: [0.8, 0.1, 0.1]
      case [5]: [0, 0.6, 0.4]
      default: [0.7, 0.2, 0.1]
      }
    }
    return model
  }()

  @Test func whatLeavesOutAWordFallsBehind() {
    let source = DecoderInput(TokenBatch([[4, 5, 2]]))
    for penalty in [0, 0.1, 0.2, 1] {
      let scoring = Scoring(lengthPenalty: .none, coveragePenalty: penalty)
      let found = BeamSearch(beamSize: 2, nBest: 2, scoring: scoring).search(source, model: Self.lazyModel)[0]
      // 4: 0.7 + 0.8, 0.2 + 0.1, 0.1 + 0.1; 5: 0.7 + 0, 0.2 + 0.6, 0.1 + 0.4.
      let lazy = 0.6.logarithm + penalty * (0.3.logarithm + 0.2.logarithm)
      let thorough = 0.4.logarithm + penalty * (0.7.logarithm + 0.8.logarithm + 0.5.logarithm)
      #expect(found.map(\.tokens) == (lazy > thorough ? [[4], [5]] : [[5], [4]]))
      #expect(found[0].score.isClose(to: max(lazy, thorough)))
      #expect(found[1].score.isClose(to: min(lazy, thorough)))
      // By hand: at 0.1 lazy has -0.79 and thorough -1.04, at 1 -3.32 and -2.19.
      #expect((lazy > thorough) == (penalty < 0.3))
    }
  }

  @Test(arguments: [LengthPenalty.none, .normalized(alpha: 1), .gnmt(alpha: 0.6)], [0.2, 1, 10])
  func beamAsWideAsTheSpaceFindsTheBest(penalty: LengthPenalty, coveragePenalty: Double) {
    let scoring = Scoring(lengthPenalty: penalty, coveragePenalty: coveragePenalty)
    for seed in 0..<20 {
      let model = TableModel.random(vocabularySize: 6 + seed % 2, seed: seed)
      let source = sentences([seed % 4], vocabularySize: 6, seed: seed)
      let length = 1 + seed % 5
      let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: length)
      for count in [1, 3, 10] {
        // The search stops when nothing better can follow, so the bound must hold with coverage, too.
        let found = BeamSearch(beamSize: 2000, nBest: count, scoring: scoring, limits: limits)
          .search(TokenBatch(source), model: model)[0]
        let expected = ExhaustiveSearch(model: model, scoring: scoring, maxLength: length)
          .translations(of: source[0]).prefix(count)
        #expect(found.map(\.tokens) == expected.map(\.tokens), "seed \(seed)")
        #expect(zip(found, expected).allSatisfy { $0.score.isClose(to: $1.score) })
        for hypothesis in found {
          let read = hypothesis.ending == .endToken ? hypothesis.tokens.count + 1 : hypothesis.tokens.count
          let attention = (0..<read).map {
            model.attention?(source[0], Array(hypothesis.tokens.prefix($0))) ?? []
          }
          let score =
            hypothesis.logProbability / penalty.divisor(length: read)
            + coverage(attention, penalty: coveragePenalty)
          #expect(hypothesis.score.isClose(to: score))
        }
      }
    }
  }

  @Test func greedySearchAndSamplesAreScoredByIt() {
    let (model, source) = (TableModel.random(vocabularySize: 12, seed: 3), [[4, 7, 5, 2] as [TokenID]])
    let (plain, scoring) = (Scoring(), Scoring(coveragePenalty: 0.5))
    let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 2)
    let pairs: [(any SearchStrategy, any SearchStrategy)] = [
      (GreedySearch(limits: limits, scoring: plain), GreedySearch(limits: limits, scoring: scoring)),
      (
        SamplingSearch(count: 3, limits: limits, scoring: plain),
        SamplingSearch(count: 3, limits: limits, scoring: scoring)
      ),
    ]
    for (without, with) in pairs {
      let expected = without.search(TokenBatch(source), model: model)[0]
      let found = with.search(TokenBatch(source), model: model)[0]
      #expect(found.map(\.tokens) == expected.map(\.tokens))
      #expect(zip(found, expected).allSatisfy { $0.score < $1.score })
    }
  }

  @Test func ensemblesTakeTheMeanOfAttention() {
    let models = (0..<3).map { TableModel.random(vocabularySize: 8, seed: $0) }
    let ensemble = EnsembleModel(models)
    let source: [[TokenID]] = [[4, 5, 2], [7, 2]]
    var state = ensemble.start(TokenBatch(source))
    state.keepAttention()
    state.select([1, 0, 0])
    var scores: [Float] = []
    ensemble.step([1, 1, 1], &state, scores: &scores)
    let expected = [source[1], source[0], source[0]].map { source in
      source.indices.map { token in
        models.reduce(Float(0)) { $0 + ($1.attention?(source, [])[token] ?? 0) } / 3
      }
    }
    let found = state.attention ?? []
    #expect(found.map(\.count) == [2, 3, 3])
    #expect(zip(found.joined(), expected.joined()).allSatisfy { abs($0 - $1) < 1e-6 })
    // An ensemble with a model that reports no attention has none.
    var silent = EnsembleModel([models[0], TableModel.constant([0, 0, 0, 0, 1, 2, 3, 4])])
      .start(TokenBatch(source))
    silent.keepAttention()
    #expect(silent.attention == nil)
  }

  /// Rescores what a beam search with a Transformer found, by stepping through it.
  @Test func transformersAreScoredByTheirOwnAttention() throws {
    var configuration = ModelConfiguration(sourceVocabularySize: 40, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 2)
    let architecture = Transformer(configuration)
    let weights = architecture.initialParameters(seed: 5)
    weights.replace(at: 0, with: weights.array.map { $0 * 2 })
    let model = TrainedTransformer(architecture, weights: weights)
    let source = sentences([4, 9, 1], vocabularySize: 40)
    var options = SearchOptions()
    (options.nBest, options.scoring.coveragePenalty, options.limits.maxLengthExtra) = (5, 0.4, 6)
    let found = try SearchPlan(options).makeStrategy().search(TokenBatch(source), model: model)
    var lowered = 0
    for (sentence, hypotheses) in zip(source, found) {
      #expect(
        zip(hypotheses, hypotheses.dropFirst()).allSatisfy {
          $0.reachedLimit || $1.reachedLimit || $0.score >= $1.score
        })
      for hypothesis in hypotheses {
        var state = model.start(TokenBatch([sentence]))
        state.keepAttention()
        var (attention, scores): ([[Float]], [Float]) = ([], [])
        let end = hypothesis.ending == .endToken ? [SpecialTokens.standard.end] : []
        var last = SpecialTokens.standard.beginning
        for token in hypothesis.tokens + end {
          model.step([last], &state, scores: &scores)
          attention += state.attention ?? []
          last = token
        }
        #expect(attention.count == hypothesis.sums.length)
        let expected =
          hypothesis.logProbability / Double(hypothesis.sums.length) + coverage(attention, penalty: 0.4)
        #expect(hypothesis.score.isClose(to: expected))
        lowered += hypothesis.score < hypothesis.logProbability / Double(hypothesis.sums.length) ? 1 : 0
      }
    }
    // Long translations may attend to the whole source.
    #expect(lowered > 3)
  }

  @Test func coverageOfPiecesAddsUp() {
    let scoring = Scoring(lengthPenalty: .none, coveragePenalty: 2)
    let pieces = [
      HypothesisSums(logProbability: -1, length: 2, attention: [1.5, 0.5]),
      HypothesisSums(logProbability: -3, length: 4, attention: [0.25]),
    ]
    let whole = pieces.reduce(HypothesisSums(), +)
    #expect(whole.attention == [1.5, 0.5, 0.25])
    #expect(scoring.score(whole).isClose(to: pieces.reduce(0) { $0 + scoring.score($1) }))
    #expect(scoring.score(whole).isClose(to: -4 + 2 * (0.5.logarithm + 0.25.logarithm)))
  }

  @Test func whatReceivesNothingCostsMuchButNotAll() {
    let sums = HypothesisSums(logProbability: -1, length: 1, attention: [1, 0])
    let score = Scoring(coveragePenalty: 1).score(sums)
    #expect(score.isFinite && score < -80)
  }

  @Test(arguments: [
    ScoringOptions.SearchKind.drafts, .nonautoregressive(.ctc), .nonautoregressive(.length),
    .nonautoregressive(.maskPredict),
  ])
  func decodersWithoutStepsRefuseIt(kind: ScoringOptions.SearchKind) {
    let options = ScoringOptions(coveragePenalty: 0.2)
    #expect { try options.scoring(for: kind) } throws: {
      "\($0)".hasPrefix("coverage penalty is 0.2; expected 0 with a non-autoregressive decoder")
    }
  }

  @Test(arguments: [-0.1, 101, .nan]) func weightsOutOfRangeAreRefused(weight: Double) {
    var options = SearchOptions()
    options.scoring.coveragePenalty = weight
    #expect { _ = try SearchPlan(options) } throws: {
      "\($0)" == "coverage penalty is \(weight); expected a number from 0 to 100"
    }
  }
}
