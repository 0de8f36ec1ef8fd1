import Decoding
import Tokens

/// Every translation that the limits allow, best first: what a beam as wide as the space must find.
struct ExhaustiveSearch {
  var model: TableModel
  var scoring: Scoring
  var maxLength: Int

  func translations(of source: [TokenID]) -> [Hypothesis] {
    var found: [Hypothesis] = []
    visit(source: source, tokens: [], logProbability: 0, found: &found)
    let whole = found.filter { $0.ending == .endToken }.sorted { $0.score > $1.score }
    let cut = found.filter { $0.ending != .endToken }.sorted { $0.score > $1.score }
    return whole + cut
  }

  private func visit(
    source: [TokenID], tokens: [TokenID], logProbability: Double, found: inout [Hypothesis]
  ) {
    if tokens.count == maxLength {
      found.append(hypothesis(tokens, logProbability, length: tokens.count, .lengthLimit))
      return
    }
    let steps = logSoftmax(model.scores(source, tokens))
    if !tokens.isEmpty || source.count == 1 {
      let sum = logProbability + steps[Int(SpecialTokens.standard.end)]
      found.append(hypothesis(tokens, sum, length: tokens.count + 1, .endToken))
    }
    let unknowns =
      source.count { $0 == SpecialTokens.standard.unknown }
      - tokens.count { $0 == SpecialTokens.standard.unknown }
    for token in (unknowns > 0 ? 3 : 4)..<model.vocabularySize {
      visit(
        source: source, tokens: tokens + [TokenID(token)], logProbability: logProbability + steps[token],
        found: &found)
    }
  }

  private func hypothesis(
    _ tokens: [TokenID], _ sum: Double, length: Int, _ ending: Hypothesis.Ending
  ) -> Hypothesis {
    Hypothesis(
      tokens: tokens, sums: HypothesisSums(logProbability: sum, length: length), scoring: scoring,
      ending: ending)
  }
}
