import Tensors
public import Tokens

/// The scores of one sentence's rows, of which each predicts a token or the blank by itself.
public struct CTCScores: Sendable {
  let scores: [Float]
  let vocabularySize: Int
  /// The token that stands for nothing.
  let blank: TokenID

  /// Scores of a sentence.
  ///
  /// - Parameters:
  ///   - scores: log-probabilities or logits, shape `[rows, vocabularySize]`; they are normalized row by row.
  ///   - vocabularySize: tokens of the vocabulary, the blank counted.
  ///   - blank: the blank's id.
  /// - Precondition: the scores are whole rows, and the blank is in the vocabulary.
  public init(_ scores: [Float], vocabularySize: Int, blank: TokenID) {
    precondition(
      vocabularySize > 0 && scores.count % vocabularySize == 0 && 0..<vocabularySize ~= Int(blank),
      "CTCScores: \(scores.count) scores, vocabulary of \(vocabularySize), blank \(blank)")
    (self.scores, self.vocabularySize, self.blank) = (scores, vocabularySize, blank)
  }

  var rowCount: Int { scores.count / vocabularySize }

  /// Calls `visit` with every row in order, and with what turns its scores into log-probabilities when it is taken
  /// off them, until one is no distribution.
  ///
  /// - Returns: whether all were.
  func forEachRow(_ visit: (_ row: Span<Float>, _ normalizer: Double) -> Void) -> Bool {
    for start in stride(from: 0, to: scores.count, by: vocabularySize) {
      let row = scores.span.extracting(start..<start + vocabularySize)
      guard let normalizer = row.logSumExp() else { return false }
      visit(row, normalizer)
    }
    return true
  }
}
