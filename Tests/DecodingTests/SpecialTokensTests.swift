import Autodiff
import Decoding
import Models
import Tensors
import Testing
import Tokens

/// Special tokens have the ids in the model's configuration, wherever in the vocabulary those are.
@Suite struct SpecialTokensTests {
  /// The order of OPUS-MT, with ordinary tokens in between: `</s>`, `<unk>`, …, `<s>`, `<pad>`.
  static let moved = SpecialTokens(padding: 39, beginning: 38, end: 0, unknown: 1)

  static func moved(_ id: TokenID) -> TokenID {
    switch id {
    case 0: 39
    case 1: 38
    default: id - 2
    }
  }

  static func moved(_ sentences: [[TokenID]]) -> [[TokenID]] { sentences.map { $0.map(moved) } }

  /// The same model with its tokens in the order ``moved``.
  static func moved(_ model: TrainedTransformer) -> TrainedTransformer {
    var configuration = model.architecture.configuration
    configuration.specialTokens = moved
    let architecture = Transformer(configuration)
    let weights = FlatBuffer(count: architecture.parameterCount)
    let numbers = model.weights.array
    weights.replace(at: 0, with: numbers)
    for table in architecture.parameters where table.name == "model.shared.weight" {
      for id in 0..<TokenID(configuration.targetVocabularySize) {
        let row = table.range.lowerBound + Int(id) * configuration.size
        weights.replace(
          at: table.range.lowerBound + Int(moved(id)) * configuration.size,
          with: Array(numbers[row..<row + configuration.size]))
      }
    }
    return TrainedTransformer(architecture, weights: weights)
  }

  struct Search: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var model = RandomModel(.ctc, isAutoregressive: true).model
    var change: @Sendable (inout SearchOptions) -> Void = { _ in }
    var find: @Sendable (TrainedTransformer, SearchPlan, DecoderInput) throws -> [[Hypothesis]] = {
      try NonautoregressiveSearch($0, plan: $1).decode($2)
    }
  }

  @Sendable static func stepwise(
    _ model: TrainedTransformer, _ plan: SearchPlan, _ input: DecoderInput
  ) -> [[Hypothesis]] {
    plan.makeStrategy().search(input, model: model)
  }

  static let searches = [
    Search(testDescription: "greedy", change: { $0.beamSize = 1 }, find: stepwise),
    Search(
      testDescription: "greedy without scores", change: { ($0.beamSize, $0.computesScores) = (1, false) },
      find: stepwise),
    Search(testDescription: "beam", change: { ($0.beamSize, $0.nBest) = (6, 4) }, find: stepwise),
    Search(
      testDescription: "ensemble",
      find: { model, plan, input in
        plan.makeStrategy().search(input, model: EnsembleModel([model, model]))
      }),
    Search(testDescription: "CTC", model: RandomModel(.ctc).model),
    Search(
      testDescription: "CTC without scores", model: RandomModel(.ctc).model,
      change: { $0.computesScores = false }),
    Search(testDescription: "CTC, mostly blanks", model: RandomModel(.ctc, silence: 2).model),
    Search(
      testDescription: "CTC beam", model: RandomModel(.ctc).model,
      change: { ($0.beamSize, $0.nBest) = (6, 3) }),
    Search(testDescription: "mask-predict", model: RandomModel(.maskPredict).model),
    Search(testDescription: "length", model: RandomModel(.length).model),
    Search(testDescription: "end token", model: RandomModel(.length, ending: .endToken).model),
    Search(
      testDescription: "drafts",
      find: { try DraftingDecoder($0, plan: $1, threshold: -3.4).decode($2) }),
  ]

  @Test(arguments: searches)
  func translationsDoNotDependOnTheOrderOfIDs(_ search: Search) throws {
    var options = SearchOptions()
    search.change(&options)
    let plan = try SearchPlan(options)
    let sentences = RandomModel.sentences
    let found = try search.find(search.model, plan, DecoderInput(TokenBatch(sentences)))
    let again = try search.find(
      Self.moved(search.model), plan, DecoderInput(TokenBatch(Self.moved(sentences))))
    #expect(found.contains { $0.contains { !$0.tokens.isEmpty } })
    for (one, other) in zip(found, again) {
      #expect(Self.moved(one.map(\.tokens)) == other.map(\.tokens))
      #expect(one.map(\.ending) == other.map(\.ending))
      for (one, other) in zip(one, other) {
        #expect(one.score.isNaN ? other.score.isNaN : one.score.isClose(to: other.score))
      }
    }
  }

  @Test(arguments: RandomModel.all + [RandomModel(.ctc, isAutoregressive: true)])
  func theLossDoesNotDependOnTheOrderOfIDs(_ random: RandomModel) {
    let (sources, targets) = (RandomModel.sentences, RandomModel.sentences.reversed())
    func loss(_ model: TrainedTransformer, _ change: ([[TokenID]]) -> [[TokenID]]) -> Double {
      model.loss(source: TokenBatch(change(sources)), target: TokenBatch(change(Array(targets)))).loss
    }
    let standard = loss(random.model) { $0 }
    #expect(standard > 1)
    #expect(standard.isClose(to: loss(Self.moved(random.model), Self.moved)))
  }

  /// OPUS-MT decoders begin with `<pad>`, which is also CTC's blank.
  @Test func aDecoderCanBeginWithThePadding() throws {
    let model = RandomModel(.ctc, isAutoregressive: true).model
    var configuration = model.architecture.configuration
    let size = configuration.size
    configuration.specialTokens = SpecialTokens(padding: 38, beginning: 38, end: 0, unknown: 1)
    (configuration.sourceVocabularySize, configuration.targetVocabularySize) = (39, 39)
    let architecture = Transformer(configuration)
    let weights = FlatBuffer(count: architecture.parameterCount)
    let (old, new) = (Self.moved(model), architecture.parameters[0])
    try #require(new.name == "model.shared.weight")
    // Without the unused row of the padding.
    weights.replace(at: 0, with: Array(old.weights.array[..<(39 * size)]) + old.weights.array[(40 * size)...])
    let other = TrainedTransformer(architecture, weights: weights)
    let sentences = Self.moved(RandomModel.sentences)
    let greedy = GreedySearch()
    #expect(
      greedy.search(TokenBatch(sentences), model: other).map { $0.map(\.tokens) }
        == greedy.search(TokenBatch(sentences), model: old).map { $0.map(\.tokens) })
    let plan = try SearchPlan(SearchOptions())
    let found = try NonautoregressiveSearch(other, plan: plan).decode(DecoderInput(TokenBatch(sentences)))
    #expect(found.flatMap { $0 }.allSatisfy { $0.tokens.allSatisfy { $0 != 0 && $0 != 38 } })
  }

  /// The kernel that finds the best token can only skip low ids.
  @Test(arguments: 0..<4)
  func tokensOfAnyIDArePassedOver(count: Int) {
    let model = RandomModel(.ctc, isAutoregressive: true).model
    let source = TokenBatch(RandomModel.sentences)
    var (state, other) = (model.start(source), model.start(source))
    var last = [TokenID](repeating: model.specialTokens.beginning, count: source.count)
    var highest: TokenID = 0
    for _ in 0..<6 {
      var scores: [Float] = []
      model.step(last, &state, scores: &scores)
      let ranked = last.indices.map { row in
        (0..<TokenID(40)).sorted { scores[row * 40 + Int($0)] > scores[row * 40 + Int($1)] }
      }
      let best = model.bestTokens(after: last, &other, excluding: ranked.map { Array($0.prefix(count)) })
      #expect(best == ranked.map { $0[count] })
      highest = max(highest, ranked.flatMap { $0.prefix(count) }.max() ?? 0)
      last = ranked.map { $0[count] }
    }
    #expect(count == 0 || highest >= 16)
  }
}
