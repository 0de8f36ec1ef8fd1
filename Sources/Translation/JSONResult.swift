import FoundationEssentials

/// A result as a line of JSON.
struct JSONResult: Encodable {
  let result: TranslationResult
  /// Whether all translations are written, or the best alone.
  let all: Bool

  private enum Key: String, CodingKey {
    case line, pieces, repaired, translations, translation, score
    case logProbability = "log_probability"
    case reachedLimit = "reached_limit"
  }

  /// The object, without line breaks.
  var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A score that is no number has no place in JSON; such a model is reported before anything is written.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(result.lineNumber, forKey: .line)
    try object.encode(result.pieces, forKey: .pieces)
    if result.wasRepaired { try object.encode(true, forKey: .repaired) }
    if all {
      var array = object.nestedUnkeyedContainer(forKey: .translations)
      for translation in result.alternatives {
        var item = array.nestedContainer(keyedBy: Key.self)
        try encode(translation, in: &item)
      }
    } else if let best = result.alternatives.first {
      try encode(best, in: &object)
    }
  }

  private func encode(
    _ translation: TranslationResult.Alternative, in object: inout KeyedEncodingContainer<Key>
  ) throws {
    try object.encode(translation.text, forKey: .translation)
    try object.encode(translation.score, forKey: .score)
    try object.encode(translation.logProbability, forKey: .logProbability)
    if translation.reachedLimit { try object.encode(true, forKey: .reachedLimit) }
  }
}
