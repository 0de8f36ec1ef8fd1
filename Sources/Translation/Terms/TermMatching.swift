public import Terminology

/// How the words of a glossary's terms are compared with those of the source.
public enum TermMatching: String, Sendable, CaseIterable {
  /// Equal, apart from case.
  case exact
  /// Equal, or equal but for their endings, as inflected forms of a word often are.
  case stem

  var mode: TermMatcher.Mode { self == .exact ? .exact : .stem }
}

extension TranslationService {
  /// Reads a glossary for this service's languages, a table or TBX; see `Glossary`.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip.
  ///   - domain: reads only terms of this domain, and those without one; "" for all.
  /// - Returns: the glossary.
  /// - Throws: `FileError`, which names the line and what is wrong with it.
  public func readGlossary(path: String, domain: String = "") throws -> Glossary {
    try Glossary(
      path: path, domain: domain, sourceLanguage: languages.source, targetLanguage: languages.target)
  }
}
