import Evaluation

/// The scores of each segment by each metric.
func sentenceReport(_ segments: Segments, _ arguments: EvaluateTranslationArguments) throws -> [String] {
  let scores = try arguments.chosenMetrics().map {
    $0.sentenceScores(
      hypotheses: segments.systems[0].lines, references: segments.references, threads: arguments.threads)
  }
  let documents = segments.documents?.labels
  guard arguments.output.format != .json else { return try jsonSentenceReport(scores, documents) }
  return lines(
    scores, documents, decimals: arguments.output.decimals, scoreOnly: arguments.output.isScoreOnly)
}

/// Lines for people and `cut`: one score per metric, separated by tabs, under a header line.
private func lines(_ scores: [[Score]], _ documents: [String]?, decimals: Int, scoreOnly: Bool) -> [String] {
  let names = ["segment"] + (documents == nil ? [] : ["document"]) + scores.compactMap { $0.first?.name }
  let rows = (scores.first ?? []).indices.map { index in
    (scoreOnly ? [] : ["\(index + 1)"] + (documents.map { [$0[index]] } ?? []))
      + scores.map { decimal($0[index].value, decimals) }
  }
  return ((scoreOnly ? [] : [names]) + rows).map { $0.joined(separator: "\t") }
}
