import Tensors
public import Tokens

/// The scores of the rows of one sentence, each of which independently predicts a token or the blank.
public struct CTCScores: Sendable {
  let scores: [Float]
  let vocabularySize: Int
  /// The id of the blank, which stands for no token.
  let blank: TokenID

  /// Scores of a sentence.
  ///
  /// - Parameters:
  ///   - scores: log-probabilities or logits, shape `[rows, vocabularySize]`; each row is normalized.
  ///   - vocabularySize: the size of the vocabulary, including the blank.
  ///   - blank: the blank's id.
  /// - Precondition: the scores are whole rows, and the blank is in the vocabulary.
  public init(_ scores: [Float], vocabularySize: Int, blank: TokenID) {
    precondition(
      vocabularySize > 0 && scores.count % vocabularySize == 0 && 0..<vocabularySize ~= Int(blank),
      "CTCScores: \(scores.count) scores, vocabulary of \(vocabularySize), blank \(blank)")
    (self.scores, self.vocabularySize, self.blank) = (scores, vocabularySize, blank)
  }

  var rowCount: Int { scores.count / vocabularySize }

  /// Calls `visit` with every row in order, until one is not a distribution.
  ///
  /// - Parameter visit: receives a row and its normalizer, the number to subtract from scores to get log-probabilities.
  /// - Returns: whether all rows are distributions.
  func forEachRow(_ visit: (_ row: Span<Float>, _ normalizer: Double) -> Void) -> Bool {
    for start in stride(from: 0, to: scores.count, by: vocabularySize) {
      let row = scores.span.extracting(start..<start + vocabularySize)
      guard let normalizer = row.logSumExp() else { return false }
      visit(row, normalizer)
    }
    return true
  }
}
