import Tokens

/// Groups of a beam that are discouraged from choosing the same tokens, so that lists of translations differ in more than
/// details.
///
/// Groups take turns at every step. A token that hypotheses of earlier groups have just been extended by loses, in the choice
/// of a later group, ``diversity`` for each of them. Scores are not lowered: they stay those of the model. The end of a
/// translation is free: what ends in the same step is not alike because of that.
///
/// Source: Vijayakumar et al. 2016, "Diverse Beam Search: Decoding Diverse Solutions from Neural Sequence Models", section 4,
/// with Hamming diversity.
public struct BeamGroups: Sendable, Equatable {
  /// The number of groups of equal size; 1 for a usual beam.
  public var count: Int
  /// What a token loses for each hypothesis of an earlier group that was extended by it, in nats.
  public var diversity: Double

  /// By default, one group.
  public init(_ count: Int = 1, diversity: Double = 0.5) { (self.count, self.diversity) = (count, diversity) }

  /// The tokens that no group has chosen yet.
  var nothingChosen: ChosenTokens { ChosenTokens(diversity: diversity) }

  /// The translations of all groups, best first, all different: the best of each group, then the second best, as many as are
  /// wanted.
  ///
  /// - Parameters:
  ///   - groups: the translations of each group, best first.
  ///   - count: how many are wanted.
  /// - Returns: at least one and at most `count` translations.
  func merged(_ groups: [[Hypothesis]], count: Int) -> [Hypothesis] {
    var (merged, known): ([Hypothesis], Set<[TokenID]>) = ([], [])
    for rank in 0..<(groups.map(\.count).max() ?? 0) {
      for hypothesis in groups.filter({ rank < $0.count }).map({ $0[rank] }).bestFirst()
      where merged.count < count && known.insert(hypothesis.tokens).inserted { merged.append(hypothesis) }
    }
    return merged.bestFirst()
  }
}

/// The tokens by which hypotheses of earlier groups were extended in a step.
struct ChosenTokens: Sendable {
  let diversity: Double
  private var losses: [TokenID: Double] = [:]

  init(diversity: Double) { self.diversity = diversity }

  /// Whether no token loses anything.
  var isEmpty: Bool { losses.isEmpty }

  /// What a token loses.
  func loss(of token: TokenID) -> Double { losses[token] ?? 0 }

  mutating func add(_ survivors: [Survivor]) {
    for survivor in survivors { losses[survivor.prediction.token, default: 0] += diversity }
  }

  mutating func reset() { if !losses.isEmpty { losses.removeAll(keepingCapacity: true) } }
}
