/// Decides by alignment scores which pairs are no translations of each other, and where stretches are misaligned.
///
/// Scores of pairs of the sample are compared with those of sources with targets of other pairs. Both are described by
/// normal distributions for sentences of similar length; the logarithm of the ratio of their densities is the evidence
/// against a pair.
struct TranslationJudge: Sendable {
  private let models: [TranslationModel]
  private var classes: [Class?] = []

  /// Scores of sentences of some length.
  private struct Class: Sendable {
    let goodMean, goodSpread, badMean, badSpread: Double

    /// How much more probable a score is if the pair is wrong.
    func evidence(_ score: Double) -> Double {
      // A score beyond the mean of good or bad pairs is as good or bad as the mean.
      let value = min(max(score, badMean), goodMean)
      let (good, bad) = ((value - goodMean) / goodSpread, (value - badMean) / badSpread)
      return 0.5 * (good * good - bad * bad) + logarithm(goodSpread / badSpread)
    }
  }

  /// The fewest pairs from which something is learned.
  static let fewestPairs = 500
  /// The most evidence that a single pair can give, so that a stretch needs several.
  static let mostEvidence = 6.0

  /// Learns from a sample.
  ///
  /// - Returns: nil if there are too few pairs.
  init?(_ sample: TranslationSample, threads: Int) {
    guard sample.pairs.count >= Self.fewestPairs else { return nil }
    let parts = (0..<2).map { part in sample.pairs.filter { Self.part($0.line, sample.step) == part } }
    models = parts.map { TranslationModel(learningFrom: $0, threads: threads) }
    step = sample.step
    var (good, bad) = (
      [[Double]](repeating: [], count: Self.classCount), [[Double]](repeating: [], count: Self.classCount)
    )
    let pairs = sample.pairs.prefix(20_000)
    for (index, pair) in pairs.enumerated() {
      // Targets of the same part, which the other part's model has not seen either.
      let other = pairs[(index + 2 * (pairs.count / 5)) % pairs.count]
      for (target, isGood) in [(pair.target, true), (other.target, false)] {
        let (score, words) = score(pair.source, target, line: pair.line)
        guard words > 0 else { continue }
        if isGood {
          good[Self.lengthClass(words)].append(Double(score))
        } else {
          bad[Self.lengthClass(words)].append(Double(score))
        }
      }
    }
    classes = zip(good, bad).map { Self.summary($0.sorted(), $1.sorted()) }
  }

  private let step: UInt32

  /// The evidence that a pair is no translation; negative for good pairs, 0 if nothing is known.
  func evidence(_ source: [UInt32], _ target: [UInt32], line: UInt32) -> Double {
    let (score, words) = score(source, target, line: line)
    guard words > 0, let item = classes[Self.lengthClass(words)] else { return 0 }
    return min(Self.mostEvidence * 2, max(-Self.mostEvidence * 2, item.evidence(Double(score))))
  }

  private func score(_ source: [UInt32], _ target: [UInt32], line: UInt32) -> (score: Float, words: Int) {
    models[1 - Self.part(line, step)].score(source: source, target: target)
  }

  /// Which model learns from a line, if the sample has it.
  private static func part(_ line: UInt32, _ step: UInt32) -> Int { Int(line / step) & 1 }

  private static let classCount = 7

  private static func lengthClass(_ words: Int) -> Int {
    min(classCount - 1, max(0, Int.bitWidth - words.leadingZeroBitCount - 2))
  }

  private static func summary(_ good: [Double], _ bad: [Double]) -> Class? {
    guard good.count >= 50, bad.count >= 50 else { return nil }
    func quantile(_ sorted: [Double], _ share: Double) -> Double {
      sorted[Int(share * Double(sorted.count - 1))]
    }
    func spread(_ sorted: [Double]) -> Double {
      max(0.1, (quantile(sorted, 0.84) - quantile(sorted, 0.16)) / 2)
    }
    let item = Class(
      goodMean: quantile(good, 0.5), goodSpread: spread(good), badMean: quantile(bad, 0.5),
      badSpread: spread(bad))
    // Pairs of this length cannot be told apart.
    return item.goodMean > item.badMean + item.badSpread ? item : nil
  }
}
