import Decoding
import Testing
import Tokens

/// What searches may not predict: compared with all translations that follow the rule.
@Suite struct SearchRulesTests {
  /// A rule with whether a translation follows it.
  struct Rule: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 4)
    var guide = SentenceGuide()
    let isFollowed: @Sendable (Hypothesis) -> Bool

    init(
      _ name: String, _ set: (inout SearchLimits, inout SentenceGuide) -> Void,
      isFollowed: @escaping @Sendable (Hypothesis) -> Bool
    ) {
      (testDescription, self.isFollowed) = (name, isFollowed)
      set(&limits, &guide)
    }
  }

  static let rules: [Rule] = [
    Rule("no token twice", { limits, _ in limits.noRepeatLength = 1 }) {
      Set($0.tokens).count == $0.tokens.count
    },
    Rule("no pair twice", { limits, _ in limits.noRepeatLength = 2 }) { hypothesis in
      let pairs = zip(hypothesis.tokens, hypothesis.tokens.dropFirst()).map { [$0, $1] }
      return Set(pairs).count == pairs.count
    },
    Rule("two tokens or more", { limits, _ in limits.minLength = 2 }) { $0.tokens.count >= 2 },
    Rule("three predictions", { limits, _ in limits.maxLength = 3 }) {
      $0.tokens.count + ($0.ending == .endToken ? 1 : 0) <= 3
    },
    Rule("no <unk>", { limits, _ in limits.allowsUnknown = false }) {
      !$0.tokens.contains(SpecialTokens.standard.unknown)
    },
    Rule("forbidden", { _, guide in guide.forbidden = [[4], [5, 5]] }) { hypothesis in
      let pairs = zip(hypothesis.tokens, hypothesis.tokens.dropFirst())
      return !hypothesis.tokens.contains(4) && !pairs.contains { $0 == 5 && $1 == 5 }
    },
    Rule(
      "a prefix", { _, guide in guide.prefix = TokenPrefix([5, 4, 4]) }
    ) { $0.tokens.starts(with: [5, 4, 4]) },
    Rule(
      "a prefix of several spellings",
      { _, guide in guide.prefix = TokenPrefix(nodes: [[4: 1, 5: 2], [5: 2]]) }
    ) { $0.tokens.starts(with: [4, 5]) || $0.tokens.starts(with: [5]) },
  ]

  @Test(arguments: rules)
  func theBestThatFollowsTheRuleIsFound(rule: Rule) throws {
    let source: [TokenID] = [3, 4, 2]
    for seed in 0..<30 {
      let model = TableModel.random(vocabularySize: 6, seed: seed)
      let room = (rule.limits.maxLength ?? 4) + (rule.guide.prefix?.nodes.count ?? 0)
      let all = ExhaustiveSearch(model: model, scoring: Scoring(), maxLength: room).translations(of: source)
      let best = try #require(all.first(where: rule.isFollowed))
      let input = DecoderInput(TokenBatch([source]), guides: [rule.guide])
      let found = BeamSearch(beamSize: 1000, limits: rule.limits).search(input, model: model)[0][0]
      #expect(found.tokens == best.tokens, "seed \(seed)")
      #expect(found.score.isClose(to: best.score))
      let others: [any SearchStrategy] = [
        GreedySearch(limits: rule.limits), GreedySearch(limits: rule.limits, computesScores: false),
        SamplingSearch(count: 20, limits: rule.limits),
      ]
      for search in others {
        #expect(search.search(input, model: model)[0].allSatisfy(rule.isFollowed), "seed \(seed), \(search)")
      }
    }
  }

  @Test func sentencesOfABatchFollowTheirOwnGuides() {
    let model = TableModel.random(vocabularySize: 9, seed: 1)
    var (first, second) = (SentenceGuide(), SentenceGuide())
    first.prefix = TokenPrefix([7, 8])
    second.forbidden = [[5]]
    let batch = TokenBatch([[4, 2], [4, 2], [4, 2]])
    let free = BeamSearch().search(batch, model: model)
    let found = BeamSearch()
      .search(DecoderInput(batch, guides: [first, second, SentenceGuide()]), model: model)
    #expect(found[0][0].tokens.starts(with: [7, 8]))
    #expect(!found[1][0].tokens.contains(5))
    #expect(found[2] == free[2])
  }

  @Test func attentionIsRecordedForEachPrediction() {
    let model = TableModel.random(vocabularySize: 9, seed: 1)
    let batch = TokenBatch([[4, 5, 2], [4, 2]])
    var searches: [any SearchStrategy] = []
    for computesScores in [true, false] {
      var greedy = GreedySearch(computesScores: computesScores)
      greedy.recordsAttention = true
      searches.append(greedy)
    }
    var beam = BeamSearch()
    beam.recordsAttention = true
    var sampling = SamplingSearch()
    sampling.recordsAttention = true
    for search in searches + [beam, sampling] {
      for (sentence, hypotheses) in search.search(batch, model: model).enumerated() {
        let source = Array(batch[sentence: sentence])
        for hypothesis in hypotheses {
          let count = hypothesis.tokens.count + (hypothesis.ending == .endToken ? 1 : 0)
          let expected = (0..<count).map { model.attention?(source, Array(hypothesis.tokens.prefix($0))) }
          #expect(hypothesis.attention == expected, "\(search)")
        }
      }
    }
  }
}
