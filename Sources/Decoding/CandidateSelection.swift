import Tensors
package import Tokens

/// One way for a hypothesis to go on.
package struct Candidate: Sendable, Equatable {
  /// The row of the hypothesis.
  package var parent: Int
  /// What follows it.
  package var token: TokenID
  /// Log-probability of that prediction alone.
  package var step: Double
  /// Log-probability of the hypothesis with it.
  package var total: Double
}

/// The best few of all continuations of a sentence's hypotheses: beam × vocabulary, without sorting it.
///
/// Rows are offered in order of their hypotheses. A continuation enters only if it is better than the worst
/// of those kept; so among equals the earlier hypothesis wins, then the lower token, whatever else is in
/// the batch.
///
/// - Complexity: one comparison for each score, and for each that enters a shift of at most `count` places.
package struct CandidateSelection: ~Copyable {
  /// How many are kept.
  let count: Int
  /// The best so far, best first.
  package private(set) var best: [Candidate] = []

  /// A selection of the `count` best.
  package init(count: Int) {
    self.count = count
    best.reserveCapacity(min(count, 256))
  }

  /// Offers all continuations of one hypothesis.
  ///
  /// - Parameters:
  ///   - row: scores of the next token, shape `[vocabularySize]`. If it has no finite maximum, none enters.
  ///   - parent: the hypothesis' row, higher than those offered before.
  ///   - logProbability: of the hypothesis.
  ///   - forbidden: tokens that may not follow, by rising id.
  package mutating func offer(
    row: Span<Float>, of parent: Int, logProbability: Double, except forbidden: [TokenID]
  ) {
    guard let normalizer = row.logSumExp() else { return }
    row.forEach(above: limit(normalizer - logProbability), except: forbidden) { token, score in
      let step = Double(score) - normalizer
      insert(Candidate(parent: parent, token: TokenID(token), step: step, total: logProbability + step))
      return limit(normalizer - logProbability)
    }
  }

  /// A score that no candidate worth inserting is at or below, rounded down to be on the safe side.
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
