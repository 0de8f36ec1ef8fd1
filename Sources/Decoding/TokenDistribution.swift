import Glibc
import Tokens

/// The tokens that can be sampled at one position, with their probabilities.
struct TokenDistribution {
  /// Tokens with weights that are proportional to their probabilities.
  private var choices: [(token: TokenID, weight: Double)]

  /// The distribution over the allowed tokens of a row at a temperature, limited to the most probable ones.
  init(_ row: Span<Float>, allowed: AllowedTokens, sampling: Sampling) {
    choices = []
    // The maximum over allowed tokens only: relative to a higher forbidden score, all weights could underflow.
    guard let best = row.mostProbable(of: allowed) else { return }
    let maximum = Double(row[Int(best)])
    var choices: [(token: TokenID, weight: Double)] = []
    choices.reserveCapacity(row.count)
    row.forEach(above: -.infinity, of: allowed) { token, score in
      choices.append((TokenID(token), exp((Double(score) - maximum) / sampling.temperature)))
      return -.infinity
    }
    self.choices = choices
    if sampling.topK > 0 { keepBest(sampling.topK) }
    if sampling.topP < 1 { keepNucleus(sampling.topP) }
    // The most probable token has a weight of 1.
    if sampling.minP > 0 { keepAbove(sampling.minP) }
    if sampling.epsilon > 0 { keepAbove(sampling.epsilon * total) }
    if sampling.eta > 0 { keepAbove(threshold(eta: sampling.eta) * total) }
  }

  /// The sum of all weights.
  private var total: Double { choices.reduce(0) { $0 + $1.weight } }

  /// The token at a point of the cumulative distribution.
  ///
  /// - Parameter point: at least 0, below 1.
  /// - Returns: `nil` if there is no token.
  func token(at point: Double) -> TokenID? {
    var rest = point * total
    for choice in choices {
      rest -= choice.weight
      if rest < 0 { return choice.token }
    }
    // Because of rounding, the point may lie beyond the last token.
    return choices.last { $0.weight > 0 }?.token ?? choices.first?.token
  }

  private mutating func keepBest(_ count: Int) {
    guard count < choices.count else { return }
    sortByWeight()
    choices.removeLast(choices.count - count)
  }

  /// Keeps the smallest set of most probable tokens whose share of the total weight is at least `share`.
  private mutating func keepNucleus(_ share: Double) {
    let total = total
    // Tokens below this weight add up to less than the share left out, so they need not be sorted.
    let rare = (1 - share) * total / Double(choices.count)
    choices.removeAll { $0.weight < rare }
    sortByWeight()
    var sum = 0.0
    let end = choices.firstIndex {
      sum += $0.weight
      return sum >= share * total
    }
    if let end { choices.removeLast(choices.count - end - 1) }
  }

  /// Keeps tokens of at least this weight, and in any case the most probable ones.
  private mutating func keepAbove(_ weight: Double) {
    choices.removeAll { $0.weight < min(weight, 1) }
  }

  /// The probability that a token must have by eta sampling.
  private func threshold(eta: Double) -> Double {
    let total = total
    let entropy = choices.reduce(0) { sum, choice in
      let probability = choice.weight / total
      return probability > 0 ? sum - probability * log(probability) : sum
    }
    return min(eta, eta.squareRoot() * exp(-entropy))
  }

  private mutating func sortByWeight() {
    choices.sort { $0.weight == $1.weight ? $0.token < $1.token : $0.weight > $1.weight }
  }
}
