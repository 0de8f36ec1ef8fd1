import Tokens

/// A prediction: a token and its log-probability, NaN where the search does without.
struct Prediction: Sendable {
  var token: TokenID
  var logProbability: Double
}

/// A translation in the making that competes with no other, as in greedy search and in sampling.
struct IndependentRow: Sendable {
  /// Which sentence of the batch it translates.
  let sentence: Int
  /// Which of the sentence's translations it is.
  let copy: Int
  private(set) var hypothesis: LiveHypothesis

  init(sentence: Int, copy: Int, _ specialTokens: SpecialTokens) {
    (self.sentence, self.copy, hypothesis) = (sentence, copy, LiveHypothesis(specialTokens))
  }

  /// Goes one token further, or ends.
  ///
  /// - Parameters:
  ///   - prediction: `nil` if the model's scores were unusable.
  ///   - rules: of the row's sentence.
  ///   - scoring: for the score.
  /// - Returns: the translation if it ended.
  mutating func advance(
    _ prediction: Prediction?, rules: SentenceRules, scoring: Scoring
  ) -> Hypothesis? {
    guard let prediction else { return hypothesis.finished(as: .invalidScores, scoring: scoring) }
    if prediction.token == rules.specialTokens.end {
      return hypothesis.ended(logProbability: prediction.logProbability, scoring: scoring)
    }
    hypothesis.append(prediction.token, logProbability: prediction.logProbability)
    guard hypothesis.tokens.count >= rules.maxLength else { return nil }
    return hypothesis.finished(as: .lengthLimit, scoring: scoring)
  }
}

/// Decodes rows that do not compete: each goes on with the one token that is chosen for it.
///
/// - Parameters:
///   - source: sentences, each ending in `</s>`.
///   - copies: translations of each sentence.
///   - model: gives the scores.
///   - limits: how long a translation may be.
///   - scoring: for the hypotheses' scores.
///   - predict: goes on with the rows of a batch, and gives the next token of each, `nil` if its scores are unusable;
///     the special tokens that may follow are given.
/// - Returns: for each sentence its `copies` translations.
func decodeIndependently<Model: StepwiseModel>(
  _ source: TokenBatch, copies: Int = 1, model: Model, limits: SearchLimits, scoring: Scoring,
  predict: (inout RowBatch<Model>, [IndependentRow], [AllowedSpecials]) -> [Prediction?]
) -> [[Hypothesis]] {
  let rules = limits.rules(for: source, model)
  var rows = rules.indices.flatMap { sentence in
    (0..<copies).map { IndependentRow(sentence: sentence, copy: $0, model.specialTokens) }
  }
  var finished = [[Hypothesis?]](repeating: Array(repeating: nil, count: copies), count: source.count)
  var batch = RowBatch(source: source, model: model)
  batch.keep(rows.map(\.sentence))
  while !rows.isEmpty {
    let predictions = predict(&batch, rows, rows.map { rules[$0.sentence].allowed(after: $0.hypothesis) })
    var survivors: [Int] = []
    for (index, prediction) in predictions.enumerated() {
      let row = rows[index]
      if let result = rows[index].advance(prediction, rules: rules[row.sentence], scoring: scoring) {
        finished[row.sentence][row.copy] = result
      } else {
        survivors.append(index)
      }
    }
    rows = survivors.map { rows[$0] }
    batch.keep(survivors)
  }
  return finished.map { $0.compactMap(\.self) }
}

extension RowBatch {
  /// Goes on with all rows, and chooses the next token of each by its scores.
  mutating func step(
    _ rows: [IndependentRow], _ allowed: [AllowedSpecials],
    choose: (IndependentRow, _ scores: Span<Float>, AllowedSpecials) -> Prediction?
  ) -> [Prediction?] {
    step(rows.map(\.hypothesis.last))
    return rows.indices.map { choose(rows[$0], scores.span.extracting(range(ofRow: $0)), allowed[$0]) }
  }
}
