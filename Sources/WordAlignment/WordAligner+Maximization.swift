internal import Foundation
internal import Machine

/// How many different words occur together with each word.
struct TranslationTypes: Sendable {
  var ofSource: [Int]
  var ofTarget: [Int]

  init(_ table: CooccurrenceTable, _ pairs: SentencePairs) {
    ofSource = Array(repeating: 0, count: pairs.sourceWords)
    ofTarget = Array(repeating: 0, count: pairs.targetWords)
    for entry in table.slots where !entry.isFree {
      ofSource[Int(entry.source)] += 1
      ofTarget[Int(entry.target)] += 1
    }
  }
}

extension WordAligner {
  /// Replaces the probabilities by those that the counts suggest.
  mutating func maximize(
    _ counts: ExpectedCounts, _ types: TranslationTypes, _ sizes: SentenceSizes, learnsTension: Bool,
    threads: Int
  ) {
    replaceTable(counts, types, threads: threads)
    let nullOfTarget = estimates(counts.forward.null)
    let nullOfSource = estimates(counts.reverse.null)
    (forward.null, reverse.null) = (nullOfTarget, nullOfSource)
    guard learnsTension else { return }
    (forward.tension, reverse.tension) = concurrently {
      bestTension(counts.forward, sizes.all.map { ($0.source, $0.target, $0.targetPlace) })
    } and: {
      bestTension(counts.reverse, sizes.all.map { ($0.target, $0.source, $0.sourcePlace) })
    }
  }

  private mutating func replaceTable(_ counts: ExpectedCounts, _ types: TranslationTypes, threads: Int) {
    var sumsOfSource = [Int64](repeating: 0, count: types.ofSource.count)
    var sumsOfTarget = [Int64](repeating: 0, count: types.ofTarget.count)
    for (slot, entry) in table.slots.enumerated() where !entry.isFree {
      sumsOfSource[Int(entry.source)] += counts.links[2 * slot]
      sumsOfTarget[Int(entry.target)] += counts.links[2 * slot + 1]
    }
    let ofSource = zip(sumsOfSource, types.ofSource).map { Estimate(sum: $0, types: $1, options.prior) }
    let ofTarget = zip(sumsOfTarget, types.ofTarget).map { Estimate(sum: $0, types: $1, options.prior) }
    let pieces = 4 * threads
    let slots = table.slots
    let ranges = (0..<pieces).map { $0 * slots.count / pieces..<($0 + 1) * slots.count / pieces }
    let parts = concurrentMap(ranges, threads: threads) { range in
      range.map { slot -> (forward: Float, reverse: Float) in
        let entry = slots[slot]
        guard !entry.isFree else { return (0, 0) }
        return (
          ofSource[Int(entry.source)](counts.links[2 * slot]),
          ofTarget[Int(entry.target)](counts.links[2 * slot + 1])
        )
      }
    }
    for (range, part) in zip(ranges, parts) { table.replace(range, part) }
  }

  /// The probabilities of words without a counterpart.
  private func estimates(_ counts: [Int64]) -> [Float] {
    let estimate = Estimate(sum: counts.reduce(0, +), types: counts.count, options.prior)
    return counts.map { estimate($0) }
  }
}

/// From expected counts of one word's translations to their probabilities.
private struct Estimate: Sendable {
  private let prior: Double
  /// What each count is divided by, as a logarithm with a prior.
  private let divisor: Double

  init(sum: Int64, types: Int, _ prior: Double) {
    self.prior = prior
    let sum = Double(sum) / Double(ExpectedCounts.unit)
    divisor = prior > 0 ? digamma(sum + prior * Double(max(1, types))) : sum
  }

  /// The probability of a translation: its share of the counts, or with a prior exp(ψ(count + prior)) / exp(ψ(sum)).
  ///
  /// Source: variational Bayes as in Riley and Gildea 2012, "Improving the IBM Alignment Models Using Variational Bayes".
  func callAsFunction(_ count: Int64) -> Float {
    let count = Double(count) / Double(ExpectedCounts.unit)
    guard prior > 0 else {
      return divisor > 0 ? max(Float(count / divisor), leastProbability) : leastProbability
    }
    // Below, the exponential is far below the least probability.
    guard count + prior > 0.0125 else { return leastProbability }
    return max(Float(exp(digamma(count + prior) - divisor)), leastProbability)
  }
}

/// The tension that explains the distances of links from the diagonal best.
///
/// The mean distance falls as the tension rises, and is best where it equals the links' own: bisection finds it.
private func bestTension(
  _ counts: ExpectedCounts.Direction, _ sizes: [(given: Int, predicted: Int, place: Int)]
) -> Double {
  let wanted = Double(counts.distance)
  func expected(_ tension: Double) -> Double {
    let prior = DiagonalPrior(tension: tension)
    var sum = 0.0
    for size in sizes {
      for place in 0..<size.predicted {
        let links = Double(counts.linked[size.place + place])
        sum += links * prior.meanDistance(count: size.given, place: place, length: size.predicted)
      }
    }
    return sum
  }
  var (low, high) = (0.1, 14.0)
  for _ in 0..<16 {
    let middle = (low + high) / 2
    if expected(middle) > wanted { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
