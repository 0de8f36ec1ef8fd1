import Decoding
import Tokens

/// Every translation within the limits, best first: what an unlimited beam must find.
struct ExhaustiveSearch {
  var model: TableModel
  var scoring: Scoring
  var maxLength: Int

  func translations(of source: [TokenID]) -> [Hypothesis] {
    var found: [Hypothesis] = []
    visit(source: source, tokens: [], sums: HypothesisSums(), found: &found)
    let whole = found.filter { $0.ending == .endToken }.sorted { $0.score > $1.score }
    let cut = found.filter { $0.ending != .endToken }.sorted { $0.score > $1.score }
    return whole + cut
  }

  private func visit(
    source: [TokenID], tokens: [TokenID], sums: HypothesisSums, found: inout [Hypothesis]
  ) {
    if tokens.count == maxLength {
      found.append(Hypothesis(tokens: tokens, sums: sums, scoring: scoring, ending: .lengthLimit))
      return
    }
    let steps = logSoftmax(model.scores(source, tokens))
    let attention = scoring.coveragePenalty == 0 ? nil : model.attention?(source, tokens)
    func extended(by token: Int) -> HypothesisSums {
      let received = attention.map { attention in
        sums.attention.isEmpty ? attention : zip(sums.attention, attention).map(+)
      }
      return HypothesisSums(
        logProbability: sums.logProbability + steps[token], length: sums.length + 1,
        attention: received ?? [])
    }
    if !tokens.isEmpty || source.count == 1 {
      let sums = extended(by: Int(SpecialTokens.standard.end))
      found.append(Hypothesis(tokens: tokens, sums: sums, scoring: scoring, ending: .endToken))
    }
    let unknowns =
      source.count { $0 == SpecialTokens.standard.unknown }
      - tokens.count { $0 == SpecialTokens.standard.unknown }
    for token in (unknowns > 0 ? 3 : 4)..<model.vocabularySize {
      visit(source: source, tokens: tokens + [TokenID(token)], sums: extended(by: token), found: &found)
    }
  }
}
