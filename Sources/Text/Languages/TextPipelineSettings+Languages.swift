extension TextPipelineSettings {
  /// The settings with the canonical codes of their languages, as ICU's rules for languages need them.
  ///
  /// - Throws: ``LanguageError`` for a code that is not that of a language.
  public func withCanonicalLanguages() throws(LanguageError) -> TextPipelineSettings {
    var settings = self
    settings.sourceLanguage = try Language(code: sourceLanguage).code
    settings.targetLanguage = try Language(code: targetLanguage).code
    return settings
  }

  /// What to know about the languages, such as that ICU has no dictionary for one, as sentences.
  public var languageWarnings: [String] {
    guard tokenizer == .icu else { return [] }
    return [("source", sourceLanguage), ("target", targetLanguage)].compactMap { side, code in
      Language(stored: code).warning.map { "the \(side) language '\(code)' \($0)" }
    }
  }
}
