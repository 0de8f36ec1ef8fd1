import Decoding
import Glibc
import Models
import Testing
import Tokens

/// What every search guarantees about scores: the reported score is the one that ranks.
@Suite struct RankingTests {
  struct Search: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The default length penalty.
    var usual = LengthPenalty.normalized(alpha: 1)
    /// Whether translations of the same sentence have different lengths.
    var findsSeveralLengths = true
    let find: @Sendable (SearchPlan) throws -> [[Hypothesis]]
  }

  static let source = DecoderInput(TokenBatch(sentences([4, 1, 9, 6, 3, 12], vocabularySize: 40)))

  static let searches: [Search] = [
    Search(testDescription: "autoregressive") { plan in
      plan.makeStrategy().search(source, model: TableModel.random(vocabularySize: 40, seed: 5, spread: 9))
    },
    Search(testDescription: "ensemble") { plan in
      let models = (0..<3).map { TableModel.random(vocabularySize: 40, seed: $0, spread: 9) }
      return plan.makeStrategy().search(source, model: EnsembleModel(models))
    },
    Search(testDescription: "CTC", usual: .none) { plan in
      try NonautoregressiveSearch(RandomModel(.ctc).model, plan: plan).decode(source)
    },
    Search(testDescription: "length beam") { plan in
      try NonautoregressiveSearch(RandomModel(.length).model, plan: plan).decode(source)
    },
    Search(testDescription: "filled translations", findsSeveralLengths: false) { plan in
      try NonautoregressiveSearch(RandomModel(.length, ending: .endToken).model, plan: plan).decode(source)
    },
    Search(testDescription: "mask-predict") { plan in
      try NonautoregressiveSearch(RandomModel(.maskPredict).model, plan: plan).decode(source)
    },
    Search(testDescription: "drafts of lengths") { plan in
      let model = RandomModel(.length, isAutoregressive: true).model
      return try DraftingDecoder(model, plan: plan, threshold: -.infinity).decode(source)
    },
    Search(testDescription: "drafts of CTC") { plan in
      let model = RandomModel(.ctc, isAutoregressive: true).model
      return try DraftingDecoder(model, plan: plan, threshold: -.infinity).decode(source)
    },
    Search(testDescription: "search where drafts are poor", findsSeveralLengths: false) { plan in
      let model = RandomModel(.ctc, isAutoregressive: true).model
      return try DraftingDecoder(model, plan: plan, threshold: 0).decode(source)
    },
  ]

  static let penalties: [LengthPenalty?] = [
    nil, LengthPenalty.none, .normalized(alpha: 1), .normalized(alpha: 0.3), .normalized(alpha: 3),
    .gnmt(alpha: 0.6),
  ]

  /// The score as documented.
  static func score(_ hypothesis: Hypothesis, _ penalty: LengthPenalty) -> Double {
    let length = Double(max(1, hypothesis.tokens.count + (hypothesis.ending == .endToken ? 1 : 0)))
    return switch penalty {
    case .none: hypothesis.logProbability
    case .normalized(let alpha): hypothesis.logProbability / pow(length, alpha)
    case .gnmt(let alpha): hypothesis.logProbability / pow((5 + length) / 6, alpha)
    }
  }

  static func check(_ found: [[Hypothesis]], _ penalty: LengthPenalty, isRanked: Bool) {
    for hypotheses in found {
      #expect(!hypotheses.isEmpty)
      for hypothesis in hypotheses {
        #expect(hypothesis.score.isClose(to: score(hypothesis, penalty), tolerance: 1e-12))
        #expect(hypothesis.score <= 0)
      }
      guard isRanked else { continue }
      let scores = hypotheses.map { ($0.reachedLimit ? 1 : 0, -$0.score) }
      #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 <= $1 }, "\(scores)")
    }
  }

  @Test(arguments: searches, penalties)
  func whatIsToldIsWhatRanked(_ search: Search, penalty: LengthPenalty?) throws {
    for (beamSize, nBest) in [(1, 1), (5, 1), (5, 5)] {
      var options = SearchOptions()
      (options.beamSize, options.nBest, options.scoring.lengthPenalty) = (beamSize, nBest, penalty)
      for stopRule in [StopRule.settled, .eager, .firstCome(), .full, .vanilla] {
        options.stopRule = stopRule
        let found = try search.find(SearchPlan(options))
        Self.check(found, penalty ?? search.usual, isRanked: true)
        #expect(found.allSatisfy { $0.count <= nBest })
      }
    }
  }

  @Test(arguments: searches.prefix(2), penalties)
  func drawnTranslationsAreScoredInTheOrderDrawn(_ search: Search, penalty: LengthPenalty?) throws {
    var options = SearchOptions()
    (options.sampling, options.nBest, options.scoring.lengthPenalty) = (Sampling(), 4, penalty)
    let found = try search.find(SearchPlan(options))
    Self.check(found, penalty ?? search.usual, isRanked: false)
    options.nBest = 2
    #expect(
      try search.find(SearchPlan(options)).map { $0.map(\.tokens) }
        == found.map { $0.prefix(2).map(\.tokens) })
  }

  /// Otherwise the tests above could not distinguish rankings.
  @Test(arguments: searches.filter(\.findsSeveralLengths))
  func lengthPenaltiesChangeTheOrder(_ search: Search) throws {
    var options = SearchOptions()
    (options.beamSize, options.nBest) = (5, 5)
    var orders: [[[[TokenID]]]] = []
    for penalty in [LengthPenalty.none, .normalized(alpha: 3)] {
      options.scoring.lengthPenalty = penalty
      orders.append(try search.find(SearchPlan(options)).map { $0.map(\.tokens) })
    }
    let isSame = orders[0] == orders[1]
    #expect(!isSame)
  }

  /// A beam over CTC rows ranks prefixes by probability; the penalty only ranks its final content.
  @Test func penaltiesRankTheSameCTCBeam() throws {
    var options = SearchOptions()
    (options.beamSize, options.nBest) = (8, 8)
    let model = RandomModel(.ctc).model
    let byProbability = try NonautoregressiveSearch(model, plan: SearchPlan(options)).decode(Self.source)
    options.scoring.lengthPenalty = .normalized(alpha: 1)
    let byMean = try NonautoregressiveSearch(model, plan: SearchPlan(options)).decode(Self.source)
    for (left, right) in zip(byProbability, byMean) {
      #expect(Set(left.map(\.tokens)) == Set(right.map(\.tokens)))
      #expect(left.map(\.logProbability) == left.map(\.logProbability).sorted(by: >))
    }
    options.nBest = 1
    let best = try NonautoregressiveSearch(model, plan: SearchPlan(options)).decode(Self.source)
    #expect(best.map { $0[0] } == byMean.map { $0[0] })
  }
}
