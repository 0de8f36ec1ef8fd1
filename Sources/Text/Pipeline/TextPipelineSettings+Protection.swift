extension TextPipelineSettings {
  /// The words of a side that are never split.
  ///
  /// Patterns ignore case if the text is lowercased.
  ///
  /// - Parameter prepare: what happens to lines before they are split into words, which happens to the listed words, too.
  /// - Returns: the words that match.
  func protected(preparing prepare: LinePreparer) -> ProtectedWords {
    ProtectedWords(
      patterns: protectedPatterns, words: protectedWords.map { prepare(Array($0.utf8)) },
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
