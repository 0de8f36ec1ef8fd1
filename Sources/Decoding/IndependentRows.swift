import Tokens

/// A translation that does not compete with others, as in greedy search and sampling.
struct IndependentRow: Sendable {
  /// The index of the sentence in the batch.
  let sentence: Int
  /// The index among the translations of the sentence.
  let copy: Int
}

/// Decodes rows that do not compete: each is extended by the one token chosen for it.
///
/// - Parameters:
///   - input: the sentences.
///   - copies: the number of translations of each sentence.
///   - model: the model that scores tokens.
///   - limits: the limits on the length of a translation.
///   - scoring: scores the hypotheses.
///   - recordsAttention: whether they report their attention.
///   - predict: advances the rows of a batch and returns the next token of each, `nil` if its scores are unusable; it
///     receives the special tokens that may follow.
/// - Returns: `copies` translations for each sentence.
func decodeIndependently<Model: StepwiseModel>(
  _ input: DecoderInput, copies: Int = 1, model: Model, limits: SearchLimits, scoring: Scoring,
  recordsAttention: Bool,
  predict: (inout RowBatch<Model>, [IndependentRow], [AllowedTokens]) -> [Prediction?]
) -> [[Hypothesis]] {
  let (source, rules) = (input.source, limits.rules(for: input, model))
  var rows = rules.indices.flatMap { sentence in
    (0..<copies).map { IndependentRow(sentence: sentence, copy: $0) }
  }
  var finished = [[Hypothesis?]](repeating: Array(repeating: nil, count: copies), count: source.count)
  var batch = RowBatch(
    source, copies: copies, model: model, scoring: scoring, recordsAttention: recordsAttention)
  while !rows.isEmpty {
    let rulesOfRows = rows.map { rules[$0.sentence] }
    let allowed = zip(rulesOfRows, batch.hypotheses).map { $0.allowed(after: $1) }
    let predictions = predict(&batch, rows, allowed)
    var survivors: [Survivor] = []
    for (index, prediction) in predictions.enumerated() {
      let ending = rulesOfRows[index].ending(of: batch.hypotheses[index], with: prediction)
      if let ending {
        let row = rows[index]
        finished[row.sentence][row.copy] = batch.finished(index, with: prediction, as: ending)
      } else if let prediction {
        survivors.append(Survivor(row: index, prediction: prediction))
      }
    }
    rows = survivors.map { rows[$0.row] }
    batch.grow(survivors)
  }
  return finished.map { $0.compactMap(\.self) }
}

extension RowBatch {
  /// Advances all rows, and chooses the next token of each by its scores.
  mutating func step(
    _ rows: [IndependentRow], _ allowed: [AllowedTokens],
    choose: (IndependentRow, LiveHypothesis, _ scores: Span<Float>, AllowedTokens) -> Prediction?
  ) -> [Prediction?] {
    step()
    return rows.indices.map {
      choose(rows[$0], hypotheses[$0], scores.span.extracting(range(ofRow: $0)), allowed[$0])
    }
  }
}
