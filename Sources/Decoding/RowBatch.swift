import Tokens

/// The live hypotheses of a batch, one row of the model each.
struct RowBatch<Model: StepwiseModel> {
  private let model: Model
  private let scoring: Scoring
  private var state: Model.State
  /// One for each row.
  private(set) var hypotheses: [LiveHypothesis]
  /// Scores of the next token, shape `[rows, vocabularySize]`.
  private(set) var scores: [Float] = []

  /// Empty hypotheses, `copies` of them for each sentence.
  init(_ source: TokenBatch, copies: Int = 1, model: Model, scoring: Scoring) {
    (self.model, self.scoring) = (model, scoring)
    state = model.start(source)
    if scoring.needsAttention { state.keepAttention() }
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
    if scoring.needsAttention { addAttention() }
  }

  /// What the step looked at counts for whatever prediction is made of it.
  private mutating func addAttention() {
    guard let attention = state.attention, attention.count == hypotheses.count else {
      preconditionFailure("a coverage penalty needs a model whose state tells its attention")
    }
    for row in hypotheses.indices { hypotheses[row].sums.add(attention: attention[row]) }
  }

  /// Reads the newest token of each hypothesis and finds the most probable next one.
  mutating func bestTokens(allowed: [AllowedSpecials]) -> [TokenID?] {
    model.bestTokens(after: hypotheses.map(\.last), &state, excluding: allowed.map(\.forbidden))
  }

  /// Where one row's scores stand in ``scores``.
  func range(ofRow row: Int) -> Range<Int> {
    row * model.vocabularySize..<(row + 1) * model.vocabularySize
  }

  /// The translation of a row that ends with a prediction, or as it stands.
  func finished(_ row: Int, with prediction: Prediction? = nil, as ending: Hypothesis.Ending) -> Hypothesis {
    var hypothesis = hypotheses[row]
    if let prediction { hypothesis.append(prediction) }
    return hypothesis.finished(as: ending, scoring: scoring)
  }

  /// Goes on with some rows, in the given order, each with one prediction more; the others leave, so that nothing is
  /// computed for them.
  mutating func grow(_ survivors: [Survivor]) {
    let isUnchanged = survivors.map(\.row).elementsEqual(hypotheses.indices)
    hypotheses = survivors.map { survivor in
      var hypothesis = hypotheses[survivor.row]
      hypothesis.append(survivor.prediction)
      return hypothesis
    }
    // Nothing reads the state once no row is left.
    if !isUnchanged && !survivors.isEmpty { state.select(survivors.map(\.row)) }
  }
}

/// A hypothesis that goes on: the row that it goes on from, and its next token.
struct Survivor: Sendable {
  var row: Int
  var prediction: Prediction
}
