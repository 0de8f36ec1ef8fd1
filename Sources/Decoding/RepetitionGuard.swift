import Tokens

/// Searches again for translations that loop, with repetitions forbidden.
///
/// Other translations are not touched.
struct RepetitionGuard {
  let strategy: any SearchStrategy
  /// The id of the end token.
  let end: TokenID

  /// Replaces translations with loops by others without, if there are any, and marks both.
  ///
  /// - Parameters:
  ///   - input: the batch.
  ///   - found: its translations.
  ///   - search: translates some of its sentences with a search.
  /// - Returns: the translations, those with loops replaced or marked.
  func replace(
    _ input: DecoderInput, _ found: [[Hypothesis]],
    by search: (DecoderInput, any SearchStrategy) -> [[Hypothesis]]
  ) -> [[Hypothesis]] {
    guard strategy.limits.replacesRepetitions else { return found }
    let looping = found.indices.filter { index in
      found[index].first.map { hasLoop($0, input, index) } ?? false
    }
    guard !looping.isEmpty else { return found }
    var found = found
    var left = looping
    for length in Self.lengths where !left.isEmpty {
      var blocking = strategy
      blocking.limits.noRepeatLength = length
      let retried = GuidedSearch(strategy: blocking).search(input.selecting(left), search)
      for (index, hypotheses) in zip(left, retried) {
        guard let best = hypotheses.first, best.isWhole, !hasLoop(best, input, index) else { continue }
        found[index] = hypotheses.map { $0.marked(.replaced) }
      }
      left.removeAll { found[$0].first?.repetition == .replaced }
    }
    for index in left { found[index] = found[index].map { $0.marked(.remains) } }
    return found
  }

  private func hasLoop(_ hypothesis: Hypothesis, _ input: DecoderInput, _ index: Int) -> Bool {
    // A translation that is given is not changed.
    if input.guides[index].prefix?.isWhole(endingIn: end) ?? false { return false }
    return RepetitionCheck.hasLoop(hypothesis.tokens, source: input.source[sentence: index])
  }

  /// The lengths of sequences that may not occur twice, one after the other: the shorter, the more is forbidden.
  private static var lengths: [Int] { [4, 3, 2] }
}

extension Hypothesis {
  fileprivate func marked(_ repetition: Repetition) -> Hypothesis {
    var result = self
    result.repetition = repetition
    return result
  }
}
