extension ValidationScores {
  /// Two numbers for each metric: 1 and the score, or two zeros if there is no score.
  package var numbers: [Double] {
    ValidationMetric.allCases.flatMap { metric in self[metric].map { [1, $0] } ?? [0, 0] }
  }

  /// The inverse of ``numbers``; nil if there is no perplexity.
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
