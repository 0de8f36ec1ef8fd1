import Autodiff
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Decoding with cached keys and values, compared with teacher forcing.
@Suite struct StepwiseDecodingTests {
  static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { _ in }, { $0.normPlacement = .pre },
    {
      $0.tying = .none
      $0.targetVocabularySize = 37
      $0.activation = .swish
      $0.positionLayout = .halves
    },
    { $0.positions = .learned },
    { $0.positions = .rotary },
    { $0.positions = .alibi },
    {
      ($0.positions, $0.positionLayout, $0.normPlacement) = (.rotary, .halves, .pre)
      ($0.activation, $0.usesBias) = (.swiglu, false)
    },
    { ($0.positions, $0.activation, $0.usesBias) = (.learned, .reglu, false) },
    {
      ($0.decoderCell, $0.positionLayout, $0.hasOutputBias) = (.ssru, .marian, true)
      ($0.specialTokens.beginning, $0.specialTokens.padding) = (SpecialTokens.absent, SpecialTokens.absent)
    },
    { ($0.decoderCell, $0.usesBias, $0.normPlacement) = (.ssru, false, .pre) },
    { ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 33) },
    {
      ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 0)
      ($0.averageAttention.isGated, $0.normalizesEmbeddings) = (false, true)
    },
  ]

  /// Feeds prefixes one token at a time; returns the scores of each hypothesis and position.
  private func scores(_ model: SmallModel, _ source: [[TokenID]], _ prefixes: [[TokenID]]) -> [[[Float]]] {
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    let classes = model.architecture.configuration.targetVocabularySize
    var state = trained.start(TokenBatch(source))
    var result = [[[Float]]](repeating: [], count: prefixes.count)
    var logits: [Float] = []
    for position in prefixes[0].indices {
      trained.step(prefixes.map { $0[position] }, &state, scores: &logits)
      #expect(logits.count == prefixes.count * classes)
      for row in prefixes.indices { result[row].append(Array(logits[row * classes..<(row + 1) * classes])) }
    }
    return result
  }

  /// `<s>` and the targets, cut or filled to one length.
  private func prefixes(_ model: SmallModel, _ length: Int) -> [[TokenID]] {
    model.target.map {
      Array(
        ([model.architecture.configuration.specialTokens.beginning] + $0.dropLast()
          + [TokenID](repeating: 4, count: 40)).prefix(
            length))
    }
  }

  @Test(arguments: variants.indices)
  func stepsAgreeWithTeacherForcing(variant: Int) {
    let model = SmallModel(Self.variants[variant])
    let prefixes = prefixes(model, 19)
    let stepwise = scores(model, model.source, prefixes)
    let targets = prefixes.map { Array($0.dropFirst()) + [SpecialTokens.standard.end] }
    let expected = model.logits(TokenBatch(model.source), TokenBatch(targets))
    let deviation = Deviation(stepwise.flatMap { $0.flatMap { $0 } }, from: expected)
    #expect(deviation.worst < 1e-4, "\(deviation)")
  }

  @Test(arguments: variants.indices)
  func scoresDoNotDependOnTheCompany(variant: Int) {
    let model = SmallModel(Self.variants[variant])
    let prefixes = prefixes(model, 12)
    let together = scores(model, model.source, prefixes)
    for row in model.source.indices {
      #expect(scores(model, [model.source[row]], [prefixes[row]])[0] == together[row], "alone: \(row)")
    }
    let order = [3, 0, 4]
    let some = scores(model, order.map { model.source[$0] }, order.map { prefixes[$0] })
    #expect(some == order.map { together[$0] })
  }

  @Test(arguments: variants.indices)
  func hypothesesAreReorderedRepeatedAndDropped(variant: Int) {
    let model = SmallModel(Self.variants[variant])
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    let classes = model.architecture.configuration.targetVocabularySize
    var state = trained.start(TokenBatch(model.source))
    var tokens = [[TokenID]](repeating: [SpecialTokens.standard.beginning], count: model.source.count)
    var sentences = Array(model.source.indices)
    var logits: [Float] = []
    // Everything that beam search does: widening, swapping, dropping a sentence, keeping one only.
    let choices: [[Int]] = [
      [0, 0, 1, 1, 2, 2, 3, 3, 4, 4], [1, 0, 3, 3, 5, 4, 6, 6, 9, 8], [0, 1, 2, 3, 6, 7, 8, 9],
      [7, 6, 5, 0, 0],
      [4, 3, 3], [1], [0, 0],
    ]
    for (step, survivors) in choices.enumerated() {
      trained.step(tokens.map { $0[$0.count - 1] }, &state, scores: &logits)
      for row in tokens.indices {
        let alone = scores(model, [model.source[sentences[row]]], [tokens[row]])[0]
        #expect(Array(logits[row * classes..<(row + 1) * classes]) == alone[alone.count - 1], "step \(step)")
      }
      state.select(survivors)
      #expect(state.count == survivors.count)
      sentences = survivors.map { sentences[$0] }
      tokens = survivors.enumerated().map { place, row in tokens[row] + [TokenID(4 + (step * 7 + place) % 27)]
      }
    }
  }

  @Test func severalDecodingsShareAModel() async {
    let model = SmallModel()
    let prefixes = prefixes(model, 10)
    let expected = scores(model, model.source, prefixes)
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var state = trained.start(TokenBatch(model.source))
          var logits: [Float] = []
          for position in 0..<10 { trained.step(prefixes.map { $0[position] }, &state, scores: &logits) }
          return logits
        }
      }
      for await logits in group { #expect(logits == expected.flatMap { $0[9] }) }
    }
  }

  @Test func copiesOfAStateGoTheirOwnWays() {
    let model = SmallModel()
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    var first = trained.start(TokenBatch(model.source))
    var logits: [Float] = []
    trained.step([TokenID](repeating: 1, count: 5), &first, scores: &logits)
    var second = first
    trained.step([TokenID](repeating: 7, count: 5), &first, scores: &logits)
    trained.step([TokenID](repeating: 9, count: 5), &second, scores: &logits)
    trained.step([TokenID](repeating: 8, count: 5), &first, scores: &logits)
    let expected = scores(model, model.source, [[TokenID]](repeating: [1, 7, 8], count: 5))
    #expect(logits == expected.flatMap { $0[2] })
  }

  /// The attention of teacher forcing is known from the loss of guided alignment: -log of what one row reads of one
  /// source token.
  @Test func attentionIsThatOfTheLastLayerByTeacherForcing() {
    let model = SmallModel { ($0.dropout, $0.decoderLayers, $0.heads) = (0, 3, 3) }
    let (source, target) = (model.source[0], model.target[1])
    func attention(of row: Int, to token: Int) -> Double {
      var (guided, regularization) = (GuidedAlignment(), Regularization())
      (guided.layer, guided.heads) = (3, 3)
      regularization.guidedAlignment = guided
      let tape = Tape(training: model.weights, gradients: FlatBuffer(count: model.weights.count))
      tape.reset(random: RandomSource(1))
      let sum = model.architecture.loss(
        source: TokenBatch([source]), target: TokenBatch([target]),
        objective: TrainingObjective(regularization: regularization),
        alignments: [[AlignmentLink(source: UInt16(token), target: UInt16(row))]], on: tape)
      return exponential(-sum.alignment)
    }
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    // Two sentences of different length, of which the second has two hypotheses.
    var state = trained.start(TokenBatch([model.source[2], source]))
    state.keepAttention()
    state.select([0, 1, 1])
    var scores: [Float] = []
    for (row, token) in ([SpecialTokens.standard.beginning] + target.dropLast()).enumerated() {
      trained.step([token, token, token], &state, scores: &scores)
      let found = state.attention ?? []
      #expect(found.map(\.count) == [model.source[2].count, source.count, source.count])
      #expect(found.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 } && found[1] == found[2])
      for token in source.indices {
        #expect(abs(Double(found[1][token]) - attention(of: row, to: token)) < 1e-4, "\(row) \(token)")
      }
    }
  }

  @Test func attentionCostsNoBit() {
    let model = SmallModel()
    let trained = TrainedTransformer(model.architecture, weights: model.weights)
    var (plain, watched) = (trained.start(TokenBatch(model.source)), trained.start(TokenBatch(model.source)))
    watched.keepAttention()
    var (expected, found): ([Float], [Float]) = ([], [])
    for position in 0..<9 {
      let last = model.source.map {
        position == 0 ? SpecialTokens.standard.beginning : $0[position % $0.count]
      }
      trained.step(last, &plain, scores: &expected)
      trained.step(last, &watched, scores: &found)
      #expect(expected == found)
      #expect(plain.attention == nil && watched.attention?.count == model.source.count)
    }
  }
}
