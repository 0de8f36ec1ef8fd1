import Evaluation
import FoundationEssentials

/// A row of the JSON report, with sacreBLEU's keys where it has them; numbers are not rounded.
private struct JSONRow: Encodable {
  let name: String
  let score: Double
  let signature: String
  let system: String
  var verboseScore: String?
  var confidenceMean, confidenceVar, pValue: Double?
  var precisions: [Double]?
  var brevityPenalty: Double?
  var hypothesisLength, referenceLength: Double?
  var edits: Int?

  private enum CodingKeys: String, CodingKey {
    case name, score, signature, system, precisions, edits
    case verboseScore = "verbose_score"
    case confidenceMean = "confidence_mean"
    case confidenceVar = "confidence_var"
    case pValue = "p_value"
    case brevityPenalty = "brevity_penalty"
    case hypothesisLength = "hyp_len"
    case referenceLength = "ref_len"
  }

  init(_ result: SystemResult) {
    (name, score) = (result.score.name, result.score.value)
    (signature, system) = (result.signature.description, result.system)
    (confidenceMean, confidenceVar) = (result.confidence?.mean, result.confidence?.halfWidth)
    pValue = result.pValue
    switch result.score.details {
    case .bleu(let details):
      (verboseScore, precisions) = (details.description, details.precisions)
      brevityPenalty = details.brevityPenalty
      hypothesisLength = Double(details.hypothesisLength)
      referenceLength = Double(details.referenceLength)
    case .chrF: break
    case .ter(let edits, let referenceLength): (self.edits, self.referenceLength) = (edits, referenceLength)
    }
  }
}

/// An array with an object for each metric and system.
func jsonReport(_ results: [[SystemResult]]) throws -> [String] {
  [try json(results.flatMap { $0 }.map(JSONRow.init), pretty: true)]
}

/// One object per line for each segment, with a score for each metric.
func jsonSentenceReport(_ scores: [[Score]]) throws -> [String] {
  try (scores.first ?? []).indices.map { index in
    var row: [String: Double] = ["segment": Double(index + 1)]
    for metric in scores { row[metric[index].name] = metric[index].value }
    return try json(row, pretty: false)
  }
}

private func json(_ value: some Encodable, pretty: Bool) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
