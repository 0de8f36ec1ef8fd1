/// The best translations of one sentence so far, and whether they can still be beaten.
package struct FinishedHypotheses: Sendable {
  /// The number of translations requested.
  let count: Int
  /// At most ``count`` hypotheses, best first; of equal ones, the one found first comes first.
  package private(set) var best: [Hypothesis] = []

  /// Room for the `count` best.
  package init(count: Int) { self.count = count }

  /// Keeps a finished hypothesis if it is among the best.
  package mutating func insert(_ hypothesis: Hypothesis) {
    let place = best.firstIndex { hypothesis.isBetter(than: $0) } ?? best.count
    best.insert(hypothesis, at: place)
    if best.count > count { best.removeLast() }
  }

  /// Whether the requested number have ended with `</s>`.
  package var isFull: Bool { best.count == count && best.allSatisfy { $0.ending == .endToken } }

  /// Whether no hypothesis with a score of at most `bound` could still enter.
  package func isSettled(bound: Double) -> Bool {
    guard isFull, let worst = best.last else { return false }
    return worst.rankingScore >= bound
  }
}
