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
  private let drafts: NonautoregressiveSearch
  private let strategy: any SearchStrategy
  private let threshold: Double

  /// A decoder that drafts.
  ///
  /// - Parameters:
  ///   - model: with both decoders.
  ///   - drafts: how drafts are found; all it returns for a sentence are scored.
  ///   - strategy: how sentences without a good draft are translated.
  ///   - threshold: the mean log-probability of a token that a draft must reach.
  public init(
    _ model: TrainedTransformer, drafts: NonautoregressiveSearchOptions, strategy: any SearchStrategy,
    threshold: Double
  ) {
    self.model = model
    var drafts = drafts
    // The other decoder judges.
    drafts.scores = false
    self.drafts = NonautoregressiveSearch(model, options: drafts)
    self.strategy = strategy
    self.threshold = threshold
  }

  /// Tokens of the target vocabulary.
  public var vocabularySize: Int { model.vocabularySize }

  /// Positions that the model was made for.
  public var maxLength: Int { model.maxLength }

  /// Translates a batch.
  public func decode(_ source: TokenBatch, numbers: [Int]) -> [[Hypothesis]] {
    let encoded = model.encode(source)
    var results = rescored(drafts.decode(source, encoded), encoded)
    let poor = results.indices.filter { results[$0].isEmpty || !(results[$0][0].score >= threshold) }
    let again = TokenBatch(poor.map { Array(source[sentence: $0]) })
    guard !poor.isEmpty else { return results }
    let found = strategy.search(
      again, numbers: poor.map { numbers[$0] },
      model: EncodedModel(model: model, encoded: encoded, sentences: poor))
    for (index, found) in zip(poor, found) { results[index] = found }
    return results
  }

  /// The drafts with the scores that the autoregressive decoder gives them, best first.
  private func rescored(_ drafts: [[Hypothesis]], _ encoded: SourceEncoding) -> [[Hypothesis]] {
    let readable = drafts.map { $0.filter { $0.tokens.count < maxLength && $0.ending != .invalidScores } }
    let pairs = readable.enumerated().flatMap { sentence, drafts in
      drafts.map { (sentence: sentence, tokens: $0.tokens) }
    }
    let scores = encoded.logProbabilities(pairs.map { ($0.sentence, $0.tokens + [SpecialToken.end]) })
    var results = Array(repeating: [Hypothesis](), count: drafts.count)
    for (pair, tokens) in zip(pairs, scores) {
      let sum = tokens.reduce(0) { $0 + Double($1) }
      results[pair.sentence].append(
        Hypothesis(
          tokens: pair.tokens, logProbability: sum, score: sum / Double(tokens.count),
          tokenLogProbabilities: tokens, ending: sum.isNaN ? .invalidScores : .endToken))
    }
    return results.map { $0.bestFirst() }
  }
}

/// A model whose source went through the encoder already.
private struct EncodedModel: StepwiseModel {
  let model: TrainedTransformer
  let encoded: SourceEncoding
  /// Those of the batch that are translated, by number.
  let sentences: [Int]

  var vocabularySize: Int { model.vocabularySize }
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

  func select(_ survivors: [Int], in state: inout DecodingState) { model.select(survivors, in: &state) }
}

extension [Hypothesis] {
  /// Best first, of equal ones the earlier.
  func bestFirst() -> [Hypothesis] {
    enumerated().sorted { left, right in
      left.element.isBetter(than: right.element)
        || !right.element.isBetter(than: left.element) && left.offset < right.offset
    }.map(\.element)
  }
}
