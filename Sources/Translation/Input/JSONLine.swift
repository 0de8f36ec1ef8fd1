import Files
import FoundationEssentials
import Terminology
import Text

/// A line of input as a JSON object.
struct JSONLine: Decodable {
  private var line: SourceLine

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The target forms of a term: one, or several.
  private struct Forms: Decodable {
    var forms: [String]

    init(from decoder: any Decoder) throws {
      let box = try decoder.singleValueContainer()
      if let form = try? box.decode(String.self) {
        forms = [form]
      } else {
        forms = try box.decode([String].self)
      }
    }
  }

  /// Patterns of protected spans, one or several, or false.
  private struct ProtectedText: Decodable {
    var patterns: [String]?

    init(from decoder: any Decoder) throws {
      let box = try decoder.singleValueContainer()
      if let isOn = try? box.decode(Bool.self) {
        patterns = isOn ? [] : nil
      } else {
        patterns = try Forms(from: decoder).forms
      }
    }
  }

  private static let keys = [
    "text", "tag", "prefix", "translation", "nbest", "alternatives_at", "glossary", "protect",
  ]

  init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    if let other = box.allKeys.map(\.stringValue).sorted().first(where: { !Self.keys.contains($0) }) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the unknown key '\(other)'"))
    }
    line = SourceLine(try box.decode(String.self, forKey: Key(stringValue: "text")))
    line.tag = try box.decodeIfPresent(String.self, forKey: Key(stringValue: "tag"))
    line.prefix = try box.decodeIfPresent(String.self, forKey: Key(stringValue: "prefix"))
    line.translation = try box.decodeIfPresent(String.self, forKey: Key(stringValue: "translation"))
    line.nBest = try box.decodeIfPresent([String].self, forKey: Key(stringValue: "nbest")) ?? []
    line.alternativesAt = try box.decodeIfPresent(Int.self, forKey: Key(stringValue: "alternatives_at"))
    let terms = try box.decodeIfPresent([String: Forms].self, forKey: Key(stringValue: "glossary")) ?? [:]
    line.terms = terms.sorted { $0.key < $1.key }.map { .init(source: $0.key, targets: $0.value.forms) }
    if let protected = try box.decodeIfPresent(ProtectedText.self, forKey: Key(stringValue: "protect")) {
      (line.isProtected, line.protectedPatterns) = (protected.patterns != nil, protected.patterns ?? [])
      for pattern in line.protectedPatterns {
        if let problem = SpanFinder.problem(ofPattern: pattern) {
          throw DecodingError.dataCorrupted(
            .init(codingPath: [], debugDescription: "the pattern '\(pattern)': \(problem)"))
        }
      }
    }
    if [line.text, Array((line.prefix ?? "").utf8)].contains(where: { $0.contains(UInt8(ascii: "\n")) }) {
      throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "a line end in its text"))
    }
  }

  /// The line that an object stands for.
  static func parse(_ bytes: [UInt8], number: Int, of name: String) throws(FileError) -> SourceLine {
    do {
      return try JSONDecoder().decode(JSONLine.self, from: Data(bytes)).line
    } catch {
      throw .invalidFormat(
        path: name, place: "line \(number)", found: found(error),
        expected:
          #"a JSON object such as {"text": "Hello."}, with "tag", "prefix", "translation", "nbest", "alternatives_at", "glossary" and "protect" if wanted"#,
        hint: "")
    }
  }

  private static func found(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "no \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.isEmpty
        ? "another JSON value"
        : "another value of \"\(context.codingPath.map(\.stringValue).joined(separator: "."))\""
    case .dataCorrupted(let context)
    where context.underlyingError == nil && !context.debugDescription.isEmpty
      && (context.debugDescription.hasPrefix("the unknown")
        || context.debugDescription.hasPrefix("the pattern")
        || context.debugDescription.hasPrefix("a line end")):
      context.debugDescription
    default: "no JSON"
    }
  }
}
