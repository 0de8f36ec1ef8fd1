public import Models
public import Tokens

/// Drafts with the non-autoregressive decoder, and uses autoregressive search only for sentences without a good draft.
///
/// The autoregressive decoder scores all drafts of a sentence in one pass with teacher forcing (noisy parallel
/// decoding). The best draft is the translation if its mean log-probability reaches the threshold. Otherwise, the
/// sentence is translated by search.
///
/// Source: Gu et al. 2018, "Non-Autoregressive Neural Machine Translation", section 3.4, for the scoring of drafts.
public struct DraftingDecoder: BatchDecoder {
  private let model: TrainedTransformer
  private let drafter: NonautoregressiveSearch
  private let strategy: any SearchStrategy
  private let scoring: Scoring
  private let nBest: Int
  private let threshold: Double

  /// A decoder that drafts.
  ///
  /// - Parameters:
  ///   - model: a model with both decoders.
  ///   - plan: how drafts are found and ranked, and how sentences without a good draft are translated.
  ///   - threshold: the mean log-probability of a token that the best draft must reach, regardless of the scoring.
  /// - Throws: an error if the plan requires scores that this decoder cannot compute.
  public init(_ model: TrainedTransformer, plan: SearchPlan, threshold: Double) throws(SearchOptionsError) {
    scoring = try plan.scoring(for: .drafts)
    drafter = try NonautoregressiveSearch(model, plan: plan.drafting)
    (self.model, strategy, nBest) = (model, plan.makeStrategy(), plan.nBest)
    self.threshold = threshold
  }

  /// The size of the target vocabulary.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's special tokens.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// The number of positions of the model.
  public var maxLength: Int { model.maxLength }

  /// Translates a batch; the autoregressive decoder scores translations that are given.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    input.decoded(
      scoring: { TranslationScorer(scoring: scoring).score($0, by: model) }, searching: translate)
  }

  private func translate(_ input: DecoderInput) -> [[Hypothesis]] {
    let encoded = model.encode(input.source)
    var results = rescored(drafter.decode(input.source, encoded), encoded)
    let poor = results.indices.filter {
      !isGoodEnough(results[$0]) || losesUnknown(results[$0], of: input.source[sentence: $0])
    }
    guard !poor.isEmpty else { return results }
    let poorInput = input.selecting(poor)
    let found = strategy.search(
      poorInput, model: EncodedModel(model: model, encoded: encoded, sentences: poor))
    let recovered = UnknownRecovery(model: model, strategy: strategy).recover(poorInput, found)
    for (index, recovered) in zip(poor, recovered) { results[index] = recovered }
    return results
  }

  /// The cross-attention of the autoregressive decoder.
  public func attention(of translation: [TokenID], to source: [TokenID]) -> [[Float]] {
    ForcedReading(translation, of: source, by: model).attention
  }

  /// Whether the best draft has fewer `<unk>`s than its source.
  private func losesUnknown(_ drafts: [Hypothesis], of source: some Sequence<TokenID>) -> Bool {
    let unknown = specialTokens.unknown
    return (drafts.first?.tokens.count { $0 == unknown } ?? 0) < source.count { $0 == unknown }
  }

  private func isGoodEnough(_ drafts: [Hypothesis]) -> Bool {
    guard let best = drafts.first else { return false }
    return Scoring(lengthPenalty: .normalized(alpha: 1)).score(best.sums) >= threshold
  }

  /// The drafts as scored by the autoregressive decoder, best first.
  private func rescored(_ drafts: [[Hypothesis]], _ encoded: SourceEncoding) -> [[Hypothesis]] {
    let readable = drafts.map { $0.filter { $0.tokens.count < maxLength && $0.ending != .invalidScores } }
    let pairs = readable.enumerated().flatMap { sentence, drafts in
      drafts.map { (sentence: sentence, tokens: $0.tokens) }
    }
    let scores = encoded.logProbabilities(pairs.map { ($0.sentence, $0.tokens + [specialTokens.end]) })
    var results = Array(repeating: [Hypothesis](), count: drafts.count)
    for (pair, tokens) in zip(pairs, scores) {
      let sum = tokens.reduce(0) { $0 + Double($1) }
      results[pair.sentence].append(
        Hypothesis(
          tokens: pair.tokens, sums: HypothesisSums(logProbability: sum, length: tokens.count),
          scoring: scoring, tokenLogProbabilities: tokens, ending: sum.isNaN ? .invalidScores : .endToken))
    }
    return results.map { Array($0.bestFirst().prefix(nBest)) }
  }
}

/// A model whose source is already encoded.
private struct EncodedModel: StepwiseModel {
  let model: TrainedTransformer
  let encoded: SourceEncoding
  /// The indices of the sentences to translate.
  let sentences: [Int]

  var vocabularySize: Int { model.vocabularySize }
  var specialTokens: SpecialTokens { model.specialTokens }
  var maxLength: Int { model.maxLength }

  func start(_ source: TokenBatch) -> DecodingState { encoded.start(sentences) }

  func step(_ last: [TokenID], _ state: inout DecodingState, scores: inout [Float]) {
    model.step(last, &state, scores: &scores)
  }

  func bestTokens(
    after last: [TokenID], _ state: inout DecodingState, excluding excluded: [[TokenID]]
  ) -> [TokenID?] {
    model.bestTokens(after: last, &state, excluding: excluded)
  }
}
