import Decoding
import FoundationEssentials
import Text

/// A result as JSON, to send as it is or to embed in another JSON value.
///
/// It is an object with `line` (counted from 1), `pieces`, `translation`, `score`, `log_probability` and, if they
/// apply, `word` with its `probability`, `utility`, `reached_limit`, `repaired`, `short`, `flagged`, `seconds`, `tokens`, `confidence`,
/// `words`, `repetition`, `terms`, `protected` and `alignment`. With all translations, and for a line that asks for a list, an
/// array `translations` takes the place of the best one.
public struct JSONResult: Encodable, Sendable {
  /// The result to write.
  public let result: TranslationResult
  /// Whether to write all translations or only the best one.
  public let all: Bool
  /// The confidence below which a result is `flagged`; nil for none.
  public let flagBelow: Double?

  /// A result with its best translation, or with all of them.
  public init(_ result: TranslationResult, all: Bool = false, flagBelow: Double? = nil) {
    (self.result, self.all, self.flagBelow) = (result, all, flagBelow)
  }

  private enum Key: String, CodingKey {
    case line, pieces, repaired, short, translations, translation, score, terms, alignment
    case source, targets, found, repetition, tokens, token, utility, word, probability, words, confidence,
      flagged, seconds, protected, text, kind, state, attempt
    case logProbability = "log_probability"
    case reachedLimit = "reached_limit"
  }

  /// The object on one line.
  public var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // JSON has no NaN or infinity. A model with such scores is reported before its results are written.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Writes the object.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(result.lineNumber, forKey: .line)
    try object.encode(result.pieces, forKey: .pieces)
    if result.wasRepaired { try object.encode(true, forKey: .repaired) }
    if result.isShort { try object.encode(true, forKey: .short) }
    if let duration = result.duration { try object.encode(duration.milliseconds / 1000, forKey: .seconds) }
    if let flagBelow, let confidence = result.alternatives.first?.confidence, confidence < flagBelow {
      try object.encode(true, forKey: .flagged)
    }
    if all || result.isList {
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
    if let word = translation.word {
      try object.encode(word.text, forKey: .word)
      try object.encode(word.probability, forKey: .probability)
    }
    if let utility = translation.utility { try object.encode(utility, forKey: .utility) }
    if translation.reachedLimit { try object.encode(true, forKey: .reachedLimit) }
    if !translation.tokens.isEmpty {
      var array = object.nestedUnkeyedContainer(forKey: .tokens)
      for token in translation.tokens {
        var item = array.nestedContainer(keyedBy: Key.self)
        try item.encode(token.text, forKey: .token)
        try item.encode(token.logProbability, forKey: .logProbability)
      }
    }
    if let confidence = translation.confidence {
      try object.encode(confidence.hundredths, forKey: .confidence)
      var array = object.nestedUnkeyedContainer(forKey: .words)
      for word in translation.words {
        var item = array.nestedContainer(keyedBy: Key.self)
        try item.encode(word.text, forKey: .word)
        try item.encode(word.confidence?.hundredths, forKey: .confidence)
      }
    }
    if translation.repetition != .none {
      try object.encode(translation.repetition.rawValue, forKey: .repetition)
    }
    if !translation.terms.isEmpty {
      var array = object.nestedUnkeyedContainer(forKey: .terms)
      for term in translation.terms {
        var item = array.nestedContainer(keyedBy: Key.self)
        try item.encode(term.source, forKey: .source)
        try item.encode(term.targets, forKey: .targets)
        try item.encode(term.found, forKey: .found)
      }
    }
    if !translation.protected.isEmpty {
      var array = object.nestedUnkeyedContainer(forKey: .protected)
      for span in translation.protected {
        var item = array.nestedContainer(keyedBy: Key.self)
        try item.encode(span.text, forKey: .text)
        try item.encode(span.kind.rawValue, forKey: .kind)
        try item.encode(span.state.rawValue, forKey: .state)
        if let attempt = span.attempt, attempt > 1 { try item.encode(attempt, forKey: .attempt) }
      }
    }
    if let alignment = translation.alignment {
      try object.encode(alignment.links.map { [$0.source, $0.target] }, forKey: .alignment)
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Double { (self / .milliseconds(1)).rounded() }
}

extension Double {
  /// Two decimals: more say nothing of a confidence.
  fileprivate var hundredths: Double { (self * 100).rounded() / 100 }
}
