public import Tokens

/// Translates batches of sentences: the interface between text and decoding.
///
/// ``AutoregressiveDecoder`` conforms for autoregressive models with any search. Non-autoregressive decoders conform
/// directly, because they have no steps for a search to choose between.
public protocol BatchDecoder: Sendable {
  /// The number of tokens that it can predict.
  var vocabularySize: Int { get }

  /// The ids that do not stand for text in the vocabularies.
  var specialTokens: SpecialTokens { get }

  /// The length of the longest sentence that it can read or write, including `</s>`.
  var maxLength: Int { get }

  /// Translates a batch.
  ///
  /// - Parameter input: sentences of at most ``maxLength`` tokens.
  /// - Returns: at least one hypothesis for each sentence, best first or in the order in which they were drawn.
  func decode(_ input: DecoderInput) -> [[Hypothesis]]

  /// Whether its model has learned to predict `<unk>` where it must copy a word.
  var copiesUnknown: Bool { get }

  /// What the model looks at while it reads a given translation.
  ///
  /// - Parameters:
  ///   - translation: its tokens, without `<s>` and `</s>`.
  ///   - source: the source sentence, as in the input of ``decode(_:)``.
  /// - Returns: for each prediction, `</s>` included, its attention to each token of the source; empty if the model has
  ///   none.
  func attention(of translation: [TokenID], to source: [TokenID]) -> [[Float]]
}

extension BatchDecoder {
  /// True.
  public var copiesUnknown: Bool { true }

  /// None.
  public func attention(of translation: [TokenID], to source: [TokenID]) -> [[Float]] { [] }
}

/// An autoregressive model with the search that chooses between its predictions.
public struct AutoregressiveDecoder<Model: StepwiseModel & Sendable>: BatchDecoder {
  /// The model that scores tokens.
  public let model: Model
  /// The search that chooses tokens by their scores.
  public let strategy: any SearchStrategy

  /// A decoder from a model and a search.
  public init(_ model: Model, strategy: any SearchStrategy) {
    (self.model, self.strategy) = (model, strategy)
  }

  /// The number of tokens that the model can predict.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's special tokens.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// The model's limit.
  public var maxLength: Int { model.maxLength }

  /// Searches for the translations of a batch, and again for those that lack an unknown word of the source; scores those that
  /// are given.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    input.decoded(
      scoring: { TranslationScorer(strategy).score($0, by: model) },
      finding: { AlternativesSearch(strategy: strategy).search($0, model: model) }, searching: search)
  }

  private func search(_ input: DecoderInput) -> [[Hypothesis]] {
    let search = GuidedSearch(strategy: strategy)
    let found = searchInGroups(input, strategy) { search.search($0, model: model) }
    // Sampled translations are random on purpose.
    if strategy is SamplingSearch { return found }
    let recovered = UnknownRecovery(model: model, strategy: strategy).recover(input, found)
    return RepetitionGuard(strategy: strategy, end: specialTokens.end)
      .replace(input, recovered) { $1.search($0, model: model) }
  }

  /// The model's cross-attention, as it aligns words.
  public func attention(of translation: [TokenID], to source: [TokenID]) -> [[Float]] {
    ForcedReading(translation, of: source, by: model).attention
  }
}

/// Searches for the translations of a batch, some sentences at a time if each has several hypotheses: for a beam search, fewer
/// hypotheses make products slower, more do not fit their keys and values, which all steps read, into the processor's caches.
func searchInGroups(
  _ input: DecoderInput, _ strategy: any SearchStrategy, _ search: (DecoderInput) -> [[Hypothesis]]
) -> [[Hypothesis]] {
  let together = strategy.sentencesTogether
  guard input.source.count > together else { return search(input) }
  // Of similar length, so that they end at about the same time.
  let sentences = (0..<input.source.count).sorted { input.source.lengths[$0] < input.source.lengths[$1] }
  var found = [[Hypothesis]](repeating: [], count: input.source.count)
  for first in stride(from: 0, to: sentences.count, by: together) {
    let group = Array(sentences[first..<min(first + together, sentences.count)])
    for (sentence, hypotheses) in zip(group, search(input.selecting(group))) {
      found[sentence] = hypotheses
    }
  }
  return found
}

extension SearchStrategy {
  /// The number of sentences that are searched together.
  fileprivate var sentencesTogether: Int {
    if let beam = self as? BeamSearch { return max(1, beamHypothesesTogether / beam.beamSize) }
    guard let sampling = self as? SamplingSearch, sampling.count > 1 else { return .max }
    return max(1, samplesTogether / sampling.count)
  }
}

/// Hypotheses of all beams of a batch that are searched together.
private let beamHypothesesTogether = 64
/// Samples of all sentences of a batch that are drawn together: their scores for all tokens have to fit into memory.
private let samplesTogether = 512
