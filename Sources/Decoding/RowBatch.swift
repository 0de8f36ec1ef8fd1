import Tokens

/// The live hypotheses of a batch, each with a row in the model.
struct RowBatch<Model: StepwiseModel> {
  private let model: Model
  private let scoring: Scoring
  private let recordsAttention: Bool
  private var state: Model.State
  /// One for each row.
  private(set) var hypotheses: [LiveHypothesis]
  /// The scores of the next token, shape `[rows, vocabularySize]`.
  private(set) var scores: [Float] = []

  /// Empty hypotheses, `copies` of them for each sentence.
  ///
  /// - Parameters:
  ///   - source: the sentences.
  ///   - copies: how many for each.
  ///   - model: the model.
  ///   - scoring: scores what is finished.
  ///   - recordsAttention: whether hypotheses keep their attention.
  ///   - readsAttention: whether ``attention`` is wanted anyway.
  init(
    _ source: TokenBatch, copies: Int = 1, model: Model, scoring: Scoring, recordsAttention: Bool = false,
    readsAttention: Bool = false
  ) {
    (self.model, self.scoring, self.recordsAttention) = (model, scoring, recordsAttention)
    state = model.start(source)
    if scoring.needsAttention || recordsAttention || readsAttention { state.keepAttention() }
    let sentences = (0..<source.count).flatMap { Array(repeating: $0, count: copies) }
    if copies > 1, !sentences.isEmpty { state.select(sentences) }
    hypotheses = sentences.map { _ in LiveHypothesis(model.specialTokens) }
  }

  /// Reads the newest token of each hypothesis and scores the next.
  mutating func step() {
    model.step(hypotheses.map(\.last), &state, scores: &scores)
    precondition(
      scores.count == hypotheses.count * model.vocabularySize,
      "\(scores.count) scores for \(hypotheses.count) rows of \(model.vocabularySize)")
    addAttention()
  }

  /// Adds the attention of the step to all hypotheses; it counts for whatever token is chosen.
  private mutating func addAttention() {
    guard scoring.needsAttention || recordsAttention else { return }
    guard let attention = state.attention, attention.count == hypotheses.count else {
      precondition(
        !scoring.needsAttention, "a coverage penalty needs a model whose state reports its attention")
      return
    }
    for row in hypotheses.indices {
      if scoring.needsAttention { hypotheses[row].sums.add(attention: attention[row]) }
      if recordsAttention { hypotheses[row].attention.append(attention[row]) }
    }
  }

  /// Reads the newest token of each hypothesis and finds the most probable next one.
  mutating func bestTokens(allowed: [AllowedTokens]) -> [TokenID?] {
    let best = model.bestTokens(
      after: hypotheses.map(\.last), &state, excluding: allowed.map(\.forbidden))
    addAttention()
    return best
  }

  /// The attention of the newest step; nil unless it was asked for.
  var attention: [[Float]]? { state.attention }

  /// The range of one row's scores in ``scores``.
  func range(ofRow row: Int) -> Range<Int> {
    row * model.vocabularySize..<(row + 1) * model.vocabularySize
  }

  /// The translation of a row that ends, with a last prediction if there is one.
  func finished(_ row: Int, with prediction: Prediction? = nil, as ending: Hypothesis.Ending) -> Hypothesis {
    var hypothesis = hypotheses[row]
    if let prediction { hypothesis.append(prediction) }
    return hypothesis.finished(as: ending, scoring: scoring)
  }

  /// Keeps some rows, in the given order, each extended by one prediction; the others are removed, so that nothing more
  /// is computed for them.
  mutating func grow(_ survivors: [Survivor]) {
    let isUnchanged = survivors.map(\.row).elementsEqual(hypotheses.indices)
    hypotheses = survivors.map { survivor in
      var hypothesis = hypotheses[survivor.row]
      hypothesis.append(survivor.prediction)
      return hypothesis
    }
    // The state is not used once no row is left.
    if !isUnchanged && !survivors.isEmpty { state.select(survivors.map(\.row)) }
  }
}

/// A surviving hypothesis: the row that it continues, and its next token.
struct Survivor: Sendable {
  var row: Int
  var prediction: Prediction
}
