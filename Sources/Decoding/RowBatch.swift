import Tokens

/// The rows of a batch as they stand in the model: one for each live hypothesis of each unfinished sentence.
struct RowBatch<Model: StepwiseModel> {
  private let model: Model
  private var state: Model.State
  /// Scores of the next token, shape `[rowCount, vocabularySize]`.
  private(set) var scores: [Float] = []
  private(set) var rowCount: Int

  /// One row for each sentence.
  init(source: TokenBatch, model: Model) {
    self.model = model
    rowCount = source.count
    state = model.start(source)
  }

  /// Reads the newest token of each row and scores the next.
  mutating func step(_ last: [TokenID]) {
    precondition(last.count == rowCount, "\(last.count) tokens for \(rowCount) rows")
    model.step(last, &state, scores: &scores)
    precondition(
      scores.count == rowCount * model.vocabularySize,
      "\(scores.count) scores for \(rowCount) rows of \(model.vocabularySize)")
  }

  /// Reads the newest token of each row and finds the most probable next one.
  mutating func bestTokens(after last: [TokenID], allowed: [AllowedSpecials]) -> [TokenID?] {
    precondition(last.count == rowCount, "\(last.count) tokens for \(rowCount) rows")
    return model.bestTokens(after: last, &state, excluding: allowed.map(\.forbidden))
  }

  /// Where one row's scores stand in ``scores``.
  func range(ofRow row: Int) -> Range<Int> {
    row * model.vocabularySize..<(row + 1) * model.vocabularySize
  }

  /// Goes on with the rows `survivors`: finished sentences leave, so that nothing is computed for them.
  mutating func keep(_ survivors: [Int]) {
    let isUnchanged = survivors.count == rowCount && survivors.indices.allSatisfy { survivors[$0] == $0 }
    rowCount = survivors.count
    // Nothing reads the state once no row is left.
    if !isUnchanged && rowCount > 0 { model.select(survivors, in: &state) }
  }
}
