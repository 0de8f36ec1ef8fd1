import Tensors
import Tokens

/// Scores translations that are given instead of searching for any ("force-decodes" them).
///
/// A model that can read all tokens of a translation at once does so, by teacher forcing, in one pass for many translations. If
/// their attention is wanted, or if the model cannot, they are read step by step.
struct TranslationScorer {
  /// Computes scores.
  let scoring: Scoring
  /// Whether translations report their attention.
  let recordsAttention: Bool

  /// A scorer with the scoring of a search.
  init(_ strategy: any SearchStrategy) {
    (scoring, recordsAttention) = (strategy.scoring, strategy.recordsAttention)
  }

  /// A scorer without attention.
  init(scoring: Scoring) { (self.scoring, recordsAttention) = (scoring, false) }

  /// A given translation.
  private struct Pair {
    var sentence: Int
    /// Its index among those of the sentence.
    var index: Int
    /// Its tokens, `</s>` included.
    var tokens: [TokenID]
  }

  /// Scores the translations that are given for each sentence.
  ///
  /// - Returns: for each sentence as many hypotheses as it has translations, best first; ``Hypothesis/given`` says which one each
  ///   is. What is longer than the model can read is cut.
  func score(_ input: DecoderInput, by model: some StepwiseModel) -> [[Hypothesis]] {
    let pairs = input.guides.enumerated().flatMap { sentence, guide in
      guide.given.enumerated().map { Pair(sentence: sentence, index: $0, tokens: $1) }
    }
    var results = [[Hypothesis]](repeating: [], count: input.guides.count)
    forEachPart(pairs.map(\.tokens.count), positionsAtOnce: Self.tokensTogether) { part in
      let part = pairs[part]
      for (pair, hypothesis) in zip(part, hypotheses(part, input, model)) {
        var hypothesis = hypothesis
        hypothesis.given = pair.index
        results[pair.sentence].append(hypothesis)
      }
    }
    return results.map { $0.sorted { ($0.given ?? 0) < ($1.given ?? 0) }.bestFirst() }
  }

  /// Tokens of translations that are read in one pass: enough for fast matrix products, few enough for the caches.
  static var tokensTogether: Int { 512 }

  /// The hypotheses of some translations, in order.
  private func hypotheses(_ pairs: ArraySlice<Pair>, _ input: DecoderInput, _ model: some StepwiseModel)
    -> [Hypothesis]
  {
    let isReadAtOnce =
      !recordsAttention && !scoring.needsAttention && pairs.allSatisfy { $0.tokens.count <= model.maxLength }
    if isReadAtOnce, let found = readAtOnce(pairs, input, model) { return found }
    return readStepwise(pairs, input, model)
  }

  private func readAtOnce(_ pairs: ArraySlice<Pair>, _ input: DecoderInput, _ model: some StepwiseModel)
    -> [Hypothesis]?
  {
    let found = model.logProbabilities(
      of: pairs.map { ($0.sentence, $0.tokens) }, source: input.source)
    guard let found else { return nil }
    return zip(pairs, found).map { pair, logProbabilities in
      let sum = logProbabilities.reduce(0) { $0 + Double($1) }
      return Hypothesis(
        tokens: Array(pair.tokens.dropLast()),
        sums: HypothesisSums(logProbability: sum, length: pair.tokens.count), scoring: scoring,
        tokenLogProbabilities: logProbabilities, ending: sum.isFinite ? .endToken : .invalidScores)
    }
  }

  /// Reads translations as a search whose every token is given.
  private func readStepwise(_ pairs: ArraySlice<Pair>, _ input: DecoderInput, _ model: some StepwiseModel)
    -> [Hypothesis]
  {
    var search = GreedySearch(scoring: scoring)
    search.recordsAttention = recordsAttention
    let guides = pairs.map { pair in
      var guide = SentenceGuide()
      guide.prefix = TokenPrefix(pair.tokens)
      return guide
    }
    let source = TokenBatch(pairs.map { Array(input.source[sentence: $0.sentence]) })
    return search.search(DecoderInput(source, guides: guides), model: model).map { $0[0] }
  }
}

extension DecoderInput {
  /// Scores the sentences that have translations, finds alternatives for those with a place, and translations for the others.
  func decoded(
    scoring score: (DecoderInput) -> [[Hypothesis]],
    finding alternatives: ((DecoderInput) -> [[Hypothesis]])? = nil,
    searching search: (DecoderInput) -> [[Hypothesis]]
  ) -> [[Hypothesis]] {
    func decode(_ sentences: [Int], _ by: (DecoderInput) -> [[Hypothesis]], _ found: inout [[Hypothesis]]) {
      if sentences.count == guides.count { return found = by(self) }
      if sentences.isEmpty { return }
      for (index, hypotheses) in zip(sentences, by(selecting(sentences))) { found[index] = hypotheses }
    }
    var (given, placed, others): ([Int], [Int], [Int]) = ([], [], [])
    for (index, guide) in guides.enumerated() {
      if !guide.given.isEmpty {
        given.append(index)
      } else if guide.place != nil, alternatives != nil {
        placed.append(index)
      } else {
        others.append(index)
      }
    }
    var found = [[Hypothesis]](repeating: [], count: guides.count)
    decode(given, score, &found)
    if let alternatives { decode(placed, alternatives, &found) }
    decode(others, search, &found)
    return found
  }
}
