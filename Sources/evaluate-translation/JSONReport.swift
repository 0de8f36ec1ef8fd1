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
  /// Only if there are several systems.
  var best, significant: Bool?
  var documents: [DocumentRow]?

  struct DocumentRow: Encodable {
    let document: String
    let segments: Int
    let score: Double
  }

  private enum CodingKeys: String, CodingKey {
    case name, score, signature, system, precisions, edits, best, significant, documents
    case verboseScore = "verbose_score"
    case confidenceMean = "confidence_mean"
    case confidenceVar = "confidence_var"
    case pValue = "p_value"
    case brevityPenalty = "brevity_penalty"
    case hypothesisLength = "hyp_len"
    case referenceLength = "ref_len"
  }

  init(_ result: SystemResult, _ documents: Documents?, isCompared: Bool) {
    (name, score) = (result.score.name, result.score.value)
    (signature, system) = (result.signature.description, result.system)
    (confidenceMean, confidenceVar) = (result.confidence?.mean, result.confidence?.halfWidth)
    pValue = result.pValue
    if isCompared { best = result.isBest }
    if pValue != nil { significant = result.isSignificant }
    self.documents = documents.map { documents in
      documents.names.indices.map {
        DocumentRow(
          document: documents.names[$0], segments: documents.segments[$0].count,
          score: result.documents[$0].value)
      }
    }
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
func jsonReport(_ results: [[SystemResult]], _ documents: Documents?) throws -> [String] {
  let isCompared = results.contains { $0.count > 1 }
  let rows = results.flatMap { $0 }.map { JSONRow($0, documents, isCompared: isCompared) }
  return [try json(rows, pretty: true)]
}

/// A row of sentence scores: the segment's number, its document if there are documents, and a score for each metric.
private struct JSONSentence: Encodable {
  let numbers: [String: Double]
  let document: String?

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (name, number) in numbers { try container.encode(number, forKey: Key(stringValue: name)) }
    try container.encodeIfPresent(document, forKey: Key(stringValue: "document"))
  }
}

/// One object per line for each segment, with a score for each metric.
func jsonSentenceReport(_ scores: [[Score]], _ documents: [String]?) throws -> [String] {
  try (scores.first ?? []).indices.map { index in
    var numbers: [String: Double] = ["segment": Double(index + 1)]
    for metric in scores { numbers[metric[index].name] = metric[index].value }
    return try json(JSONSentence(numbers: numbers, document: documents?[index]), pretty: false)
  }
}

private func json(_ value: some Encodable, pretty: Bool) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
