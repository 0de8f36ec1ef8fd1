internal import Models
internal import Tensors
internal import Tokens

/// A Transformer for one batch whose tokens are the places of the batch's candidates.
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
  let candidates: BatchCandidates

  var vocabularySize: Int { candidates.tokens.count }
  var maxLength: Int { model.maxLength }
  var sourceSpecialTokens: SpecialTokens { model.specialTokens }

  /// As places; what is never predicted has none.
  var specialTokens: SpecialTokens {
    func place(_ token: TokenID) -> TokenID { candidates.place(of: token) ?? SpecialTokens.absent }
    let special = model.specialTokens
    return SpecialTokens(
      padding: place(special.padding), beginning: SpecialTokens.absent, end: place(special.end),
      unknown: place(special.unknown))
  }

  func start(_ source: TokenBatch) -> State {
    var base = model.start(source)
    base.restrictOutput(to: candidates.tokens)
    return State(base: base, sentences: Array(0..<source.count))
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    model.step(last.map(token), &state.base, scores: &scores)
    let count = vocabularySize
    for (row, sentence) in state.sentences.enumerated() {
      scores.add(candidates.masks[sentence], at: row * count)
    }
  }

  /// The log-probabilities by teacher forcing, in one pass.
  func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
  {
    let (encoded, places) = model.encode(source, only: translations.map(\.sentence))
    return encoded.logProbabilities(
      zip(places, translations).map { ($0, $1.tokens.map { Int($0) }) }, among: candidates.tokens,
      masks: translations.map { candidates.masks[$0.sentence] })
  }

  /// The token at a place; before the first prediction, the model's beginning token.
  private func token(_ place: TokenID) -> TokenID {
    place == SpecialTokens.absent ? model.specialTokens.beginning : candidates.tokens[Int(place)]
  }
}
