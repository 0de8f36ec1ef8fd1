public import Models
public import Tokens

/// Drafts with the decoder that predicts all tokens at once, and translates token by token only what the other decoder
/// thinks little of.
///
/// The autoregressive decoder reads all drafts of a sentence in one pass by teacher forcing and says how probable
/// they are (noisy parallel decoding); the best one is the translation if its score reaches the threshold. Otherwise
/// the sentence is translated by search.
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
  ///   - model: with both decoders.
  ///   - plan: how drafts are found and ranked, and how sentences without a good draft are translated.
  ///   - threshold: the mean log-probability of a token that the best draft must reach, whatever ranks them.
  /// - Throws: where the plan asks for scores that there cannot be.
  public init(_ model: TrainedTransformer, plan: SearchPlan, threshold: Double) throws(SearchOptionsError) {
    scoring = try plan.scoring(for: .drafts)
    drafter = try NonautoregressiveSearch(model, plan: plan.drafting)
    (self.model, strategy, nBest) = (model, plan.makeStrategy(), plan.nBest)
    self.threshold = threshold
  }

  /// Tokens of the target vocabulary.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// Positions that the model was made for.
  public var maxLength: Int { model.maxLength }

  /// Translates a batch.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    let encoded = model.encode(input.source)
    var results = rescored(drafter.decode(input.source, encoded), encoded)
    let poor = results.indices.filter { !isGoodEnough(results[$0]) }
    guard !poor.isEmpty else { return results }
    let found = strategy.search(
      input.selecting(poor), model: EncodedModel(model: model, encoded: encoded, sentences: poor))
    for (index, found) in zip(poor, found) { results[index] = found }
    return results
  }

  private func isGoodEnough(_ drafts: [Hypothesis]) -> Bool {
    guard let best = drafts.first else { return false }
    return Scoring(lengthPenalty: .normalized(alpha: 1)).score(best.sums) >= threshold
  }

  /// The drafts with the scores that the autoregressive decoder gives them, best first.
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

/// A model whose source went through the encoder already.
private struct EncodedModel: StepwiseModel {
  let model: TrainedTransformer
  let encoded: SourceEncoding
  /// Those of the batch that are translated, by number.
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
