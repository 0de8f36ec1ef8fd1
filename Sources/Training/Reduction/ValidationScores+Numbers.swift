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

extension GradientReducer {
  /// The scores that `work` computes in the first process, in every process.
  ///
  /// - Throws: see ``fromFirst(_:)``.
  package func scoresFromFirst(_ work: () throws -> ValidationScores) throws -> ValidationScores {
    let numbers = try fromFirst { try work().numbers }
    guard let scores = ValidationScores(numbers: numbers) else {
      preconditionFailure("scoresFromFirst: \(numbers) has no perplexity")
    }
    return scores
  }
}
