import Decoding
import Evaluation
import Glibc
import Machine
import Text
import Tokens

/// Chooses translations of a piece by minimum Bayes risk.
struct RiskChoice: Sendable {
  let risk: MinimumRisk
  /// The number of translations to keep.
  let count: Int
  /// The token of unknown words, which translations must not lose.
  let unknown: TokenID

  /// A translation that several candidates may have.
  private struct Candidate {
    var alternative: PieceTranslation.Alternative
    var weight: Double
  }

  /// The translations of the greatest expected utility, best first, all different.
  ///
  /// What was cut at the maximum length, and what has fewer of the source's unknown words than others, comes after the rest;
  /// what was cut does not vote, either.
  ///
  /// - Parameters:
  ///   - found: the candidates, at least one.
  ///   - threads: how many threads may compute utilities.
  /// - Returns: at least one and at most ``count`` translations.
  func chosen(from found: [PieceTranslation.Alternative], threads: Int) -> [PieceTranslation.Alternative] {
    let candidates = merged(found)
    let utilities = Self.utilities(
      candidates.map(\.alternative.text), weights: votes(candidates), threads: threads)
    let keys = candidates.indices.map { index in
      let hypothesis = candidates[index].alternative.hypothesis
      return (
        hypothesis.isWhole ? 0 : 1, -hypothesis.tokens.count { $0 == unknown }, -utilities[index], index
      )
    }
    return keys.sorted { $0 < $1 }.prefix(count).map { key in
      var alternative = candidates[key.3].alternative
      alternative.utility = -key.2
      return alternative
    }
  }

  /// The different texts, in the order of their first candidates, with the weights of all of them.
  private func merged(_ found: [PieceTranslation.Alternative]) -> [Candidate] {
    let highest = found.reduce(-Double.infinity) { max($0, $1.hypothesis.logProbability) }
    var (candidates, places): ([Candidate], [[UInt8]: Int]) = ([], [:])
    for alternative in found {
      let weight =
        risk.source == .samples
        ? 1 : exp(alternative.hypothesis.logProbability - highest)
      if let place = places[alternative.text] {
        candidates[place].weight += weight
      } else {
        places[alternative.text] = candidates.count
        candidates.append(Candidate(alternative: alternative, weight: weight))
      }
    }
    return candidates
  }

  /// The weights of candidates as references.
  private func votes(_ candidates: [Candidate]) -> [Double] {
    let votes = candidates.map { $0.alternative.hypothesis.isWhole ? $0.weight : 0 }
    // If all were cut, all vote.
    return votes.contains { $0 > 0 } ? votes : candidates.map(\.weight)
  }

  /// The mean sentence-level chrF of each text against all, weighted; from 0 to 100.
  ///
  /// - Parameters:
  ///   - texts: UTF-8, all different.
  ///   - weights: of each as a reference.
  ///   - threads: how many threads may compute.
  /// - Returns: one utility for each text, whatever the number of threads.
  static func utilities(_ texts: [[UInt8]], weights: [Double], threads: Int) -> [Double] {
    let metric = PairwiseChrF(texts)
    // A small matrix is not worth waking threads for.
    let matrix = concurrentMap(texts.count, threads: texts.count < 64 ? 1 : threads) { reference in
      weights[reference] > 0 ? metric.scores(against: reference) : []
    }
    let total = weights.reduce(0, +)
    return texts.indices.map { text in
      let sum = matrix.indices.reduce(0.0) { sum, reference in
        weights[reference] > 0 ? sum + weights[reference] * matrix[reference][text] : sum
      }
      return sum / total
    }
  }
}
