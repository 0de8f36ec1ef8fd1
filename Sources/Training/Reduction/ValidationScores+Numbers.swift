extension ValidationScores {
  /// For each metric whether there is a score, and the score.
  package var numbers: [Double] {
    ValidationMetric.allCases.flatMap { metric in self[metric].map { [1, $0] } ?? [0, 0] }
  }

  /// The scores of these numbers; nil: there are none.
  package init?(numbers: [Double]) {
    var scores: [ValidationMetric: Double] = [:]
    for (metric, place) in zip(ValidationMetric.allCases, stride(from: 0, to: numbers.count, by: 2)) {
      if numbers[place] == 1 { scores[metric] = numbers[place + 1] }
    }
    guard let perplexity = scores[.perplexity] else { return nil }
    self.init(
      perplexity: perplexity, bleu: scores[.bleu], chrf: scores[.chrf], script: scores[.script])
  }
}
