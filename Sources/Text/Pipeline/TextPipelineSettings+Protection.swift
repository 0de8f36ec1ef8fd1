extension TextPipelineSettings {
  /// The words of a side that are never split.
  ///
  /// The list is normalized and lowercased like the text; patterns ignore case if the text is lowercased.
  func protected(_ side: TextPipeline.Side) -> ProtectedWords {
    guard !protectedPatterns.isEmpty || !protectedWords.isEmpty else { return ProtectedWords() }
    let normalizer = Normalizer(form: normalization, lowercase: lowercase, language: language(side))
    return ProtectedWords(
      patterns: protectedPatterns, words: protectedWords.map { normalizer.normalize(Array($0.utf8)) },
      ignoresCase: lowercase)
  }

  /// What is wrong with the patterns of protected words; nil if they are valid.
  var protectionProblem: String? {
    for pattern in protectedPatterns {
      if let problem = ProtectedWords.problem(ofPattern: pattern) {
        return "'protect': '\(pattern)': \(problem)"
      }
    }
    return nil
  }
}
