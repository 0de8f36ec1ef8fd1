import Tensors
package import Tokens

/// A continuation of a hypothesis by one token.
package struct Candidate: Sendable, Equatable {
  /// The row of the hypothesis.
  package var parent: Int
  /// The token that is appended.
  package var token: TokenID
  /// The log-probability of that token alone.
  package var step: Double
  /// The log-probability of the extended hypothesis, in groups less what its token loses there.
  package var total: Double
}

/// Selects the best of all continuations of a sentence's hypotheses, beam × vocabulary, without sorting them.
///
/// Rows are offered in the order of their hypotheses. A continuation enters only if it is better than the worst of
/// those kept; so of equal ones, the earlier hypothesis wins, then the lower token, whatever else is in the batch.
///
/// - Complexity: one comparison per score, and for each one that enters, a shift of at most `count` elements.
package struct CandidateSelection: ~Copyable {
  /// The number of continuations kept.
  let count: Int
  /// The best so far, best first.
  package private(set) var best: [Candidate] = []

  /// An empty selection of the `count` best.
  package init(count: Int) {
    self.count = count
    best.reserveCapacity(min(count, 256))
  }

  /// Offers all continuations of one hypothesis.
  ///
  /// - Parameters:
  ///   - row: scores of the next token, shape `[vocabularySize]`. If there is no finite maximum, none enters.
  ///   - parent: the row of the hypothesis, higher than those offered before.
  ///   - logProbability: the log-probability of the hypothesis.
  ///   - allowed: the tokens that may follow.
  package mutating func offer(
    row: Span<Float>, of parent: Int, logProbability: Double, allowed: AllowedTokens
  ) {
    offer(row: row, of: parent, logProbability: logProbability, allowed: allowed, avoiding: nil)
  }

  /// The same with tokens that lose something in the choice.
  mutating func offer(
    row: Span<Float>, of parent: Int, logProbability: Double, allowed: AllowedTokens,
    avoiding chosen: ChosenTokens?
  ) {
    guard let normalizer = row.logSumExp() else { return }
    row.forEach(above: limit(normalizer - logProbability), of: allowed) { token, score in
      let step = Double(score) - normalizer
      let loss = chosen?.loss(of: TokenID(token)) ?? 0
      insert(
        Candidate(parent: parent, token: TokenID(token), step: step, total: logProbability + step - loss))
      return limit(normalizer - logProbability)
    }
  }

  /// A limit that the scores of all candidates worth inserting exceed, rounded down to be safe.
  private func limit(_ offset: Double) -> Float {
    guard best.count == count, let worst = best.last else { return -.infinity }
    return Float(worst.total + offset).nextDown
  }

  private mutating func insert(_ candidate: Candidate) {
    if best.count == count {
      guard let worst = best.last, candidate.total > worst.total else { return }
      best.removeLast()
    }
    var place = best.count
    while place > 0, candidate.total > best[place - 1].total { place -= 1 }
    best.insert(candidate, at: place)
  }
}
