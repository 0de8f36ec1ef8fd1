import Text

/// A prediction: a token and its log-probability, NaN where nobody asked for that.
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
  private(set) var hypothesis = LiveHypothesis()

  init(sentence: Int, copy: Int) { (self.sentence, self.copy) = (sentence, copy) }

  /// Goes one token further, or ends.
  ///
  /// - Parameters:
  ///   - prediction: `nil` if the model's scores were unusable.
  ///   - rules: of the row's sentence.
  ///   - penalty: for the score.
  /// - Returns: the translation if it ended.
  mutating func advance(
    _ prediction: Prediction?, rules: SentenceRules, penalty: LengthPenalty
  ) -> Hypothesis? {
    guard let prediction else { return hypothesis.cut(.invalidScores, penalty: penalty) }
    if prediction.token == SpecialToken.end {
      return hypothesis.ended(logProbability: prediction.logProbability, penalty: penalty)
    }
    hypothesis.append(prediction.token, logProbability: prediction.logProbability)
    guard hypothesis.tokens.count >= rules.maxLength else { return nil }
    return hypothesis.cut(.lengthLimit, penalty: penalty)
  }
}

/// Decodes rows that do not compete: each goes on with the one token that is chosen for it.
///
/// - Parameters:
///   - source: sentences, each ending in `</s>`.
///   - copies: translations of each sentence.
///   - model: gives the scores.
///   - limits: how long a translation may be.
///   - penalty: for the hypotheses' scores.
///   - choose: the next token of a row from its scores and the special tokens that may follow; `nil` if the
///     scores are unusable.
/// - Returns: for each sentence its `copies` translations.
func decodeIndependently<Model: StepwiseModel>(
  _ source: TokenBatch, copies: Int = 1, model: Model, limits: SearchLimits, penalty: LengthPenalty,
  choose: (IndependentRow, _ scores: Span<Float>, AllowedSpecials) -> Prediction?
) -> [[Hypothesis]] {
  let rules = limits.rules(for: source, capacity: model.maxLength)
  var rows = rules.indices.flatMap { sentence in
    (0..<copies).map { IndependentRow(sentence: sentence, copy: $0) }
  }
  var finished = [[Hypothesis?]](repeating: Array(repeating: nil, count: copies), count: source.count)
  var batch = RowBatch(source: source, model: model)
  batch.keep(rows.map(\.sentence))
  while !rows.isEmpty {
    batch.step(rows.map(\.hypothesis.last))
    var survivors: [Int] = []
    for index in rows.indices {
      let row = rows[index]
      let rule = rules[row.sentence]
      let prediction = choose(
        row, batch.scores.span.extracting(batch.range(ofRow: index)), rule.allowed(after: row.hypothesis))
      if let result = rows[index].advance(prediction, rules: rule, penalty: penalty) {
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
