internal import Models
internal import Tensors
internal import Tokens

/// A Transformer for one batch whose tokens are the places of each sentence's candidates.
///
/// Sentences share few candidates: those of 50 together are a third of a vocabulary, those of one some hundreds to two
/// thousand.
struct ShortlistedTransformer: StepwiseModel {
  struct State: StepwiseState {
    var base: DecodingState
    /// The sentence of each hypothesis.
    var sentences: [Int]

    mutating func select(_ survivors: [Int]) {
      base.select(survivors)
      sentences = survivors.map { sentences[$0] }
    }

    mutating func keepAttention() { base.keepAttention() }
    var attention: [[Float]]? { base.attention }
  }

  let model: TrainedTransformer
  let candidates: [SentenceCandidates]
  let vocabularySize: Int

  /// A model for sentences with these candidates.
  init(model: TrainedTransformer, candidates: [SentenceCandidates]) {
    (self.model, self.candidates) = (model, candidates)
    vocabularySize = candidates.map(\.tokens.count).max() ?? 0
  }

  var maxLength: Int { model.maxLength }
  var sourceSpecialTokens: SpecialTokens { model.specialTokens }

  /// As places; a model that starts with zeros has none for its beginning.
  var specialTokens: SpecialTokens {
    func place(_ token: TokenID) -> TokenID { candidates.first?.place(of: token) ?? SpecialTokens.absent }
    let special = model.specialTokens
    return SpecialTokens(
      padding: place(special.padding), beginning: place(special.beginning), end: place(special.end),
      unknown: place(special.unknown))
  }

  func start(_ source: TokenBatch) -> State {
    var base = model.start(source)
    base.restrictOutput(to: candidates.map(\.tokens))
    return State(base: base, sentences: Array(0..<source.count))
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    model.step(zip(state.sentences, last).map(token), &state.base, scores: &scores)
  }

  /// The log-probabilities by teacher forcing, in one pass.
  func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
  {
    let (encoded, places) = model.encode(source, only: translations.map(\.sentence))
    return encoded.logProbabilities(
      zip(places, translations).map { ($0, $1.tokens.map { Int($0) }) },
      among: translations.map { candidates[$0.sentence].tokens })
  }

  /// A sentence's token at a place; before the first prediction, the model's beginning token.
  private func token(_ sentence: Int, _ place: TokenID) -> TokenID {
    place == SpecialTokens.absent ? model.specialTokens.beginning : candidates[sentence].tokens[Int(place)]
  }
}
