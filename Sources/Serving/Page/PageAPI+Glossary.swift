import Files
import Terminology

extension PageAPI {
  /// The most terms of a glossary.
  private static let mostTerms = 5000
  /// The most characters of a term with its translations.
  private static let mostTermCharacters = 1000

  /// The terms that a request has.
  func glossary(_ fields: RequestFields) throws -> [Glossary.Term] {
    guard let tree = fields.value("glossary"), tree != .null else { return [] }
    guard case .array(let terms) = tree, terms.count <= Self.mostTerms else {
      throw LibreTranslateAPI.Refusal(
        message: "Invalid request: glossary is not a list of at most \(Self.mostTerms) terms")
    }
    return try terms.map { term in
      guard let source = term["source"]?.string, let targets = term["targets"]?.strings, !source.isEmpty,
        !targets.isEmpty, !targets.contains(""), isShort([source] + targets)
      else {
        throw LibreTranslateAPI.Refusal(
          message: "Invalid request: a term of the glossary is not written as "
            + #"{"source": "term", "targets": ["word"]}, or longer than \#(Self.mostTermCharacters) characters"#
        )
      }
      return Glossary.Term(source: source, targets: targets)
    }
  }

  private func isShort(_ texts: [String]) -> Bool {
    texts.reduce(0) { $0 + $1.unicodeScalars.count } <= Self.mostTermCharacters
  }
}
