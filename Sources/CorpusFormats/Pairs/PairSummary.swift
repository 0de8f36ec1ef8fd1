import Formatting

/// What was read from a translation file as pairs, and what was left out.
public struct PairSummary: Sendable, Equatable {
  /// Pairs of texts.
  public var pairs = 0
  /// Units with a pair.
  public var units = 0
  /// Units without text on one of the sides.
  public var empty = 0
  /// Units that were left out because of their state.
  public private(set) var states: [TranslationState: Int] = [:]

  /// Nothing yet.
  public init() {}

  /// Counts a unit that is left out because of its state.
  public mutating func leaveOut(_ unit: TranslationUnit) { states[unit.state, default: 0] += 1 }

  /// The units that were left out, in words.
  public var leftOut: String {
    let words: [(String, Int)] = [
      ("untranslated", states[.untranslated] ?? 0), ("fuzzy", states[.needsReview] ?? 0),
      ("finished", states[.translated] ?? 0), ("not to be translated", states[.doNotTranslate] ?? 0),
      ("without text", empty),
    ]
    let parts = words.filter { $0.1 > 0 }.map { "\(Readable.count($0.1)) \($0.0)" }
    return parts.isEmpty ? "0 units left out" : "units left out: " + parts.joined(separator: ", ")
  }

  /// Lines for people.
  ///
  /// - Parameters:
  ///   - path: the name of the file.
  ///   - reader: the reader of its units, at its end.
  /// - Returns: what was read and left out, and the languages.
  public func lines(path: String, _ reader: CorpusReader) -> [String] {
    let languages = reader.languages.sorted {
      ($1.value, $0.key.description) < ($0.value, $1.key.description)
    }
    let named = languages.prefix(5).map { "\($0.key) (\(Readable.count($0.value)))" }.joined(separator: ", ")
    return [
      "'\(path)' (\(reader.format?.rawValue ?? "text")): \(Readable.count(pairs)) pairs of \(Readable.count(units)) units; \(leftOut)",
      "languages of units: \(named)\(languages.count > 5 ? ", …" : "")",
    ]
  }
}
