import Tokens

/// The phrases that the translation of one sentence must contain, during a beam search.
struct RequiredPhrases: Sendable {
  /// A live hypothesis.
  private struct Place {
    var progress = PhraseProgress()
    var misplacement = 0.0
  }

  private let trie: PhraseTrie
  /// One for each live hypothesis, in the order of their rows.
  private var live = [Place()]
  /// Those of the continuations that were chosen last.
  private var chosen: [(candidate: Candidate, place: Place)] = []

  /// Nil without phrases.
  init?(_ guide: SentenceGuide?) {
    guard let guide, !guide.required.isEmpty else { return nil }
    trie = PhraseTrie(guide.required, joints: guide.joints)
  }

  /// The tokens that may follow a live hypothesis: it may end only with all phrases.
  func restricted(_ allowed: AllowedTokens, of index: Int) -> AllowedTokens {
    live[index].progress.isComplete(in: trie) ? allowed : allowed.without([allowed.specialTokens.end])
  }

  /// Chooses continuations, and remembers how far they are.
  ///
  /// - Parameters:
  ///   - best: the best continuations of all hypotheses, whatever phrases they contain.
  ///   - count: how many to choose.
  ///   - batch: the hypotheses and their scores.
  ///   - rows: the rows of the live hypotheses.
  ///   - allowed: the tokens that may follow each of them.
  /// - Returns: the chosen ones, the most probable first.
  mutating func select<Model: StepwiseModel>(
    _ best: [Candidate], _ count: Int, in batch: RowBatch<Model>, rows: Range<Int>,
    _ allowed: [AllowedTokens]
  ) -> [Candidate] {
    var selection = ConstrainedSelection(trie)
    let attention = batch.attention
    for (row, (place, allowed)) in zip(rows, zip(live, allowed)) {
      selection.offer(
        row: batch.scores.span.extracting(batch.range(ofRow: row)), best: best, of: row,
        (batch.hypotheses[row].sums.logProbability, place.progress, place.misplacement), allowed: allowed,
        attention: attention?[row])
    }
    let found = selection.chosen(count)
    live = found.map { Place(progress: $0.progress, misplacement: $0.misplacement) }
    chosen = zip(found.map(\.candidate), live).map { ($0, $1) }
    return found.map(\.candidate)
  }

  /// What a continuation loses in ranking by phrases in the wrong places.
  func misplacement(of candidate: Candidate) -> Double {
    chosen.first { $0.candidate == candidate }?.place.misplacement ?? 0
  }

  /// Forgets a continuation that ended.
  mutating func drop(_ candidate: Candidate) {
    chosen.removeAll { $0.candidate == candidate }
    live = chosen.map(\.place)
  }
}
