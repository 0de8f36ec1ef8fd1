import Tokens

/// Sees to it that the unknown words of a source come through a translation: whole, once, and in place.
///
/// A search never predicts more `<unk>`s than the source has. If a translation has fewer, a name would be lost, so the
/// sentence is searched again with `<unk>` made more probable, little by little, until none is missing: the more, the
/// more attention a step pays to an unknown word. Sentences without unknown words, nearly all, are not affected.
struct UnknownRecovery<Model: StepwiseModel> {
  let model: Model
  let strategy: any SearchStrategy
  /// What is added to the score of `<unk>`, one after the other.
  var bonuses = UnknownBonus.gradual

  /// With more unknown words a line is no sentence with names, but noise, markup or another language: only the last bonus is
  /// tried, and the words are taken in order, so that such lines, which are long, take twice the time of others and not ten
  /// times.
  private static var mostNames: Int { 16 }

  private var unknown: TokenID { model.specialTokens.unknown }

  /// Replaces translations without all unknown words by others with them, if there are any, and places the words.
  func recover(_ input: DecoderInput, _ found: [[Hypothesis]]) -> [[Hypothesis]] {
    let sources = (0..<input.source.count).map { Array(input.source[sentence: $0]) }
    let counts = sources.map { $0.count { $0 == unknown } }
    guard counts.contains(where: { $0 > 0 }) else { return found }
    var found = found
    let end = model.specialTokens.end
    var missing = found.indices.filter { index in
      // Nothing can be added to a given translation.
      lacks(found[index], counts[index]) && !(input.guides[index].prefix?.isWhole(endingIn: end) ?? false)
    }
    for (number, bonus) in bonuses.enumerated() {
      let retrying = missing.filter { number == bonuses.count - 1 || counts[$0] <= Self.mostNames }
      guard !retrying.isEmpty else { continue }
      let favoring = FavoringModel(model: model, token: unknown, bonus: bonus)
      let retried = strategy.search(input.selecting(retrying), model: favoring)
      for (index, hypotheses) in zip(retrying, retried) {
        // Others would rank above them: the model would rather leave the words out.
        let complete = hypotheses.filter { isComplete($0, counts[index]) }
        if complete.isEmpty { continue }
        found[index] = complete.map { rescored($0, sources[index]) }.bestFirst()
      }
      missing.removeAll { !lacks(found[$0], counts[$0]) }
    }
    missing.removeAll { !input.guides[$0].keepsUnknowns || counts[$0] > Self.mostNames }
    if !missing.isEmpty { require(in: missing, of: input, counts, &found) }
    for index in found.indices where (2...Self.mostNames).contains(counts[index]) {
      found[index] = found[index].map { placed($0, sources[index]) }
    }
    return found
  }

  /// Searches for translations that must have each `<unk>` of their sources as a phrase.
  private func require(
    in missing: [Int], of input: DecoderInput, _ counts: [Int], _ found: inout [[Hypothesis]]
  ) {
    let retried = GuidedSearch(strategy: strategy)
      .search(input.selecting(missing).requiring(unknown), model: model)
    for (index, hypotheses) in zip(missing, retried) {
      let complete = hypotheses.filter { isComplete($0, counts[index]) }
      if !complete.isEmpty { found[index] = complete }
    }
  }

  /// Whether the best translation lacks unknown words.
  private func lacks(_ hypotheses: [Hypothesis], _ count: Int) -> Bool {
    guard count > 0, let best = hypotheses.first, best.ending != .invalidScores else { return false }
    return best.tokens.count { $0 == unknown } < count
  }

  /// Whether a translation has all unknown words, and an end.
  private func isComplete(_ hypothesis: Hypothesis, _ count: Int) -> Bool {
    hypothesis.isWhole && hypothesis.tokens.count { $0 == unknown } == count
  }

  /// A hypothesis of a favoring model with the scores of the model itself.
  private func rescored(_ hypothesis: Hypothesis, _ source: [TokenID]) -> Hypothesis {
    guard !hypothesis.score.isNaN else { return hypothesis }
    let reading = ForcedReading(hypothesis.tokens, of: source, by: model)
    let hasEnd = hypothesis.ending == .endToken
    let tokens = hasEnd ? reading.logProbabilities : reading.logProbabilities.dropLast()
    var sums = HypothesisSums()
    for (index, logProbability) in tokens.enumerated() {
      sums.add(logProbability: Double(logProbability))
      if index < reading.attention.count { sums.add(attention: reading.attention[index]) }
    }
    var rescored = Hypothesis(
      tokens: hypothesis.tokens, sums: sums, scoring: hypothesis.scoring,
      tokenLogProbabilities: Array(tokens),
      ending: hypothesis.ending)
    rescored.attention = hypothesis.attention
    return rescored
  }

  /// A hypothesis that says which unknown words its `<unk>`s stand for.
  private func placed(_ hypothesis: Hypothesis, _ source: [TokenID]) -> Hypothesis {
    let places = hypothesis.tokens.indices.filter { hypothesis.tokens[$0] == unknown }
    guard !places.isEmpty else { return hypothesis }
    let reading = ForcedReading(hypothesis.tokens, of: source, by: model)
    guard reading.attention.count > hypothesis.tokens.count else { return hypothesis }
    let words = source.indices.filter { source[$0] == unknown }
    var hypothesis = hypothesis
    hypothesis.copies = UnknownPlacement.indices(
      places.map { place in words.map { reading.attention[place][$0] } })
    return hypothesis
  }
}

extension DecoderInput {
  /// The same with a required phrase for each place of a token in the sources.
  fileprivate func requiring(_ token: TokenID) -> DecoderInput {
    let guides = guides.enumerated().map { index, guide in
      var guide = guide
      for (place, other) in source[sentence: index].enumerated() where other == token {
        guide.required.append(RequiredPhrase(alternatives: [[token]], sourceTokens: place..<place + 1))
      }
      return guide
    }
    return DecoderInput(source, numbers: numbers, guides: guides)
  }
}

/// What is added to the score of `<unk>` so that an unknown word is not lost.
struct UnknownBonus {
  /// At full attention to an unknown word.
  var attended: Float
  /// In any case.
  var always: Float

  /// As little as necessary: the attention decides about the place, unless a model pays none to unknown words.
  static let gradual = [(3, 0), (6, 0), (12, 0), (24, 0), (24, 3), (24, 6), (24, 10), (24, 13)]
    .map { UnknownBonus(attended: $0.0, always: $0.1) }

  /// For models that were never trained to predict `<unk>`, which need much.
  static let strong = [(24, 0), (24, 13)].map { UnknownBonus(attended: $0.0, always: $0.1) }
}

/// A model with a higher score for `<unk>` where it pays attention to an unknown word of the source.
private struct FavoringModel<Model: StepwiseModel>: StepwiseModel {
  struct State: StepwiseState {
    var base: Model.State
    /// The places of unknown words in the source of each hypothesis.
    var unknowns: [[Int]]
    /// How many of them each hypothesis lacks.
    ///
    /// One that has them all is scored as usual. Otherwise what it can no longer predict would take most of the
    /// probability, and hypotheses without the words would win.
    var missing: [Int]

    init(base: Model.State, unknowns: [[Int]]) {
      (self.base, self.unknowns, missing) = (base, unknowns, unknowns.map(\.count))
    }

    mutating func select(_ survivors: [Int]) {
      base.select(survivors)
      (unknowns, missing) = (survivors.map { unknowns[$0] }, survivors.map { missing[$0] })
    }

    /// It is kept anyway.
    mutating func keepAttention() {}

    var attention: [[Float]]? { base.attention }
  }

  let model: Model
  let token: TokenID
  let bonus: UnknownBonus

  var vocabularySize: Int { model.vocabularySize }
  var specialTokens: SpecialTokens { model.specialTokens }
  var maxLength: Int { model.maxLength }

  func start(_ source: TokenBatch) -> State {
    var state = State(
      base: model.start(source),
      unknowns: (0..<source.count).map { sentence in
        source[sentence: sentence].enumerated().filter { $0.element == token }.map(\.offset)
      })
    state.base.keepAttention()
    return state
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    model.step(last, &state.base, scores: &scores)
    for row in last.indices where last[row] == token { state.missing[row] -= 1 }
    for row in last.indices where state.missing[row] > 0 {
      let attention = state.attention.map { weights in
        state.unknowns[row].reduce(0) { $0 + weights[row][$1] }
      }
      scores[row * vocabularySize + Int(token)] += bonus.always + bonus.attended * (attention ?? 0)
    }
  }
}
