import Glibc
import Tensors
import Tokens

/// Chooses the continuations of a beam whose translation must contain phrases.
///
/// Continuations compete only with those that contain as many tokens of phrases: the best of each group is taken, then the
/// second best, and so on, so that hypotheses with few and with many of the phrases stay in the beam. Where the attention
/// reads the words that a phrase translates is the place to begin it, and not the place for anything else, which would
/// translate them twice.
///
/// Source: Post and Vilar 2018, "Fast Lexically Constrained Decoding with Dynamic Beam Allocation for Neural Machine
/// Translation"; Hu et al. 2019, "Improved Lexically Constrained Decoding for Translation and Monolingual Rewriting", for
/// taking turns between groups.
struct ConstrainedSelection {
  /// A continuation with its progress.
  struct Choice {
    var candidate: Candidate
    var progress: PhraseProgress
    /// What it lost in the competition by beginning phrases in the wrong places; not a part of its score.
    var misplacement: Double

    var rank: Double { candidate.total - misplacement }
  }

  private let trie: PhraseTrie
  private var choices: [Choice] = []

  init(_ trie: PhraseTrie) { self.trie = trie }

  /// Adds the continuations of one hypothesis that are among the best of all, or that it needs for its phrases.
  ///
  /// - Parameters:
  ///   - row: scores of the next token, shape `[vocabularySize]`.
  ///   - best: the best continuations of all hypotheses.
  ///   - parent: the row of the hypothesis.
  ///   - hypothesis: its log-probability, progress and misplacement.
  ///   - allowed: the tokens that may follow.
  ///   - attention: its attention to the tokens of the source; nil if the model has none.
  mutating func offer(
    row: Span<Float>, best: [Candidate], of parent: Int,
    _ hypothesis: (logProbability: Double, progress: PhraseProgress, misplacement: Double),
    allowed: AllowedTokens, attention: [Float]?
  ) {
    guard let normalizer = row.logSumExp() else { return }
    var tokens = best.filter { $0.parent == parent }.map(\.token)
    let advancing = hypothesis.progress.advancing(in: trie)
    for token in advancing.map(\.token)
      + [row.mostProbable(of: allowed), allowed.specialTokens.end].compactMap(\.self)
    where token != SpecialTokens.absent && !tokens.contains(token) && allowed.allows(token)
      && row[Int(token)].isFinite
    {
      tokens.append(token)
    }
    for token in tokens {
      let step = Double(row[Int(token)]) - normalizer
      let begins = advancing.first { $0.token == token }?.begins
      choices.append(
        Choice(
          candidate: Candidate(
            parent: parent, token: token, step: step, total: hypothesis.logProbability + step),
          progress: hypothesis.progress.advanced(by: token, in: trie),
          misplacement: hypothesis.misplacement + misplacement(of: begins, attention)))
    }
  }

  /// The chosen ones, the most probable first.
  ///
  /// - Parameter count: how many at most.
  /// - Returns: some of those offered.
  func chosen(_ count: Int) -> [Choice] {
    let groups = Dictionary(grouping: choices.indices) { choices[$0].progress.tokenCount }
    var turns: [(turn: Int, group: Int, choice: Int)] = []
    for (group, members) in groups {
      let ranked = members.sorted { (-choices[$0].rank, $0) < (-choices[$1].rank, $1) }
      for (turn, choice) in ranked.enumerated() { turns.append((turn, group, choice)) }
    }
    turns.sort { ($0.turn, -$0.group) < ($1.turn, -$1.group) }
    return turns.prefix(count).map { choices[$0.choice] }
      .sorted { $0.candidate.total > $1.candidate.total }
  }

  /// How little a token suits what the attention reads, in nats.
  ///
  /// - Parameters:
  ///   - phrases: those that the token begins; none if it continues one, nil for any other token.
  ///   - attention: to the tokens of the source; nil if it is not known.
  /// - Returns: 0 if it suits, or if nothing is known.
  private func misplacement(of phrases: Set<Int>?, _ attention: [Float]?) -> Double {
    guard let attention else { return 0 }
    func share(_ phrase: Int) -> Double? {
      let places = trie.phrases[phrase].sourceTokens.clamped(to: attention.indices)
      return places.isEmpty ? nil : places.reduce(0) { $0 + Double(attention[$1]) }
    }
    let fit: Double
    if let phrases {
      fit = phrases.map { share($0) ?? 1 }.max() ?? 1
    } else {
      fit = 1 - trie.phrases.indices.reduce(0) { $0 + (share($1) ?? 0) }
    }
    return -Self.anchoring * log(max(min(fit, 1), Self.leastShare))
  }

  /// The weight of the attention against the probability.
  private static let anchoring = 2.0
  /// Attention below this counts as this.
  private static let leastShare = 0.01
}

extension AllowedTokens {
  /// Whether a token may follow.
  func allows(_ token: TokenID) -> Bool {
    !forbidden.contains(token) && (only?.contains(token) ?? true)
  }
}
