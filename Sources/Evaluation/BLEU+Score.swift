import Glibc

extension BLEU {
  /// The numbers behind a BLEU score.
  public struct Details: Sendable, Equatable, CustomStringConvertible {
    /// Matching n-grams by order, clipped to their counts in the references.
    public let matches: [Int]
    /// N-grams of the hypotheses by order.
    public let totals: [Int]
    /// Precisions by order after smoothing, in percent.
    public let precisions: [Double]
    /// The penalty factor for short translations, 0 to 1.
    public let brevityPenalty: Double
    /// Tokens of the hypotheses.
    public let hypothesisLength: Int
    /// Tokens of the references, for each segment those of the one closest in length.
    public let referenceLength: Int

    /// The length of the hypotheses divided by that of the references; 0 if the references are empty.
    public var lengthRatio: Double {
      referenceLength > 0 ? Double(hypothesisLength) / Double(referenceLength) : 0
    }

    /// The numbers in the format that sacreBLEU prints after the score.
    public var description: String {
      precisions.map { fixed($0, 1) }.joined(separator: "/")
        + " (BP = \(fixed(brevityPenalty, 3)) ratio = \(fixed(lengthRatio, 3))"
        + " hyp_len = \(hypothesisLength) ref_len = \(referenceLength))"
    }
  }

  /// The score from summed lengths, matches and totals.
  public func score(sums: [Double], referenceCount: Int?) -> Score {
    let (matches, totals) = (sums[2..<2 + maximumOrder], sums[(2 + maximumOrder)...])
    let details = Details(
      matches: matches.map { Int($0) }, totals: totals.map { Int($0) }, precisions: precisions(sums).values,
      brevityPenalty: brevityPenalty(sums), hypothesisLength: Int(sums[0]), referenceLength: Int(sums[1]))
    return Score(
      name: name, value: value(sums: sums), details: .bleu(details),
      signature: signature(referenceCount: referenceCount))
  }

  /// The value of the score.
  public func value(sums: [Double]) -> Double {
    let (precisions, order) = precisions(sums)
    return value(of: precisions.prefix(order), sums)
  }

  /// The value from precisions in single precision; sacreBLEU computes the rest in double precision.
  public func singlePrecisionValue(sums: [Double]) -> Double {
    let (precisions, order) = precisions(sums.map { Float($0) })
    return value(of: precisions.prefix(order), sums)
  }

  private func value(of precisions: ArraySlice<some BinaryFloatingPoint>, _ sums: [Double]) -> Double {
    guard hasMatches(sums) else { return 0 }
    var sum = 0.0
    // log 0 is replaced by a very low number, so that one missing order makes the score 0, not NaN.
    for precision in precisions { sum += precision == 0 ? -9_999_999_999 : log(Double(precision)) }
    // The exponential of a logarithm may be off by a rounding error, above 100 as well.
    return min(100, brevityPenalty(sums) * exp(sum / Double(precisions.count)))
  }

  private func hasMatches(_ sums: [some BinaryFloatingPoint]) -> Bool {
    sums[2..<2 + maximumOrder].contains { $0 > 0 }
  }

  private func brevityPenalty(_ sums: [Double]) -> Double {
    let (hypothesis, reference) = (sums[0], sums[1])
    guard hypothesis < reference else { return 1 }
    return hypothesis > 0 ? exp(1 - reference / hypothesis) : 0
  }

  /// Smoothed precisions in percent, and how many orders count.
  private func precisions<Number: BinaryFloatingPoint>(_ sums: [Number]) -> (values: [Number], order: Int) {
    var precisions = [Number](repeating: 0, count: maximumOrder)
    guard hasMatches(sums) else { return (precisions, maximumOrder) }
    var (order, divisor) = (maximumOrder, 1.0)
    for index in 0..<maximumOrder {
      let added = Number(index > 0 ? smoothing.addend : 0)
      let (match, total) = (sums[2 + index] + added, sums[2 + maximumOrder + index] + added)
      if total == 0 { break }
      if usesEffectiveOrder { order = index + 1 }
      if match > 0 {
        precisions[index] = 100 * match / total
      } else {
        divisor *= 2
        precisions[index] = Number(100 * smoothing.numerator(divisor: divisor)) / total
      }
    }
    return (precisions, order)
  }

  /// The settings of a score, in sacreBLEU's format.
  public func signature(referenceCount: Int?) -> Signature {
    Signature(
      referenceCount: referenceCount,
      [
        "case": isLowercased ? "lc" : "mixed", "eff": usesEffectiveOrder ? "yes" : "no",
        "tok": pieces?.name ?? tokenization.rawValue, "smooth": smoothing.description,
      ])
  }
}
