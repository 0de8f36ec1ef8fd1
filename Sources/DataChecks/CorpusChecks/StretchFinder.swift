/// Finds stretches of pairs that speak against themselves together, by a cumulative sum of their evidence.
///
/// Source: Page 1954, "Continuous inspection schemes".
struct StretchFinder {
  private var sum = 0.0
  private var start = 0
  private var best = 0.0
  private var bestEnd = 0
  private var wrong = 0

  /// Evidence at which a stretch is reported.
  static let threshold = 15.0
  /// The fewest pairs of a stretch.
  static let fewestPairs = 4
  /// What is subtracted from the evidence of each pair, so that single bad pairs are forgotten.
  private static let drift = 0.5

  /// Whether no pair before the next one can belong to a stretch.
  var isIdle: Bool { sum == 0 }

  /// Adds the next pair.
  ///
  /// - Returns: lines of a stretch that is over.
  mutating func add(line: Int, evidence: Double) -> ClosedRange<Int>? {
    let limited =
      min(TranslationJudge.mostEvidence, max(-TranslationJudge.mostEvidence, evidence)) - Self.drift
    if sum == 0 {
      guard limited > 0 else { return nil }
      (start, best, wrong) = (line, 0, 0)
    }
    sum = max(0, sum + limited)
    if limited > 0 { wrong += 1 }
    if sum > best { (best, bestEnd) = (sum, line) }
    // Well below its maximum, the stretch is over.
    guard sum == 0 || sum < best - Self.threshold else { return nil }
    return finish()
  }

  /// The stretch that is not over yet.
  mutating func finish() -> ClosedRange<Int>? {
    defer { (sum, best) = (0, 0) }
    guard best >= Self.threshold, bestEnd - start + 1 >= Self.fewestPairs else { return nil }
    return start...bestEnd
  }
}
