extension WordCounts {
  /// The words that may be split, and the protected ones.
  func separated(_ protected: ProtectedWords) -> (words: WordCounts, protected: WordCounts) {
    guard !protected.isEmpty else { return (self, WordCounts()) }
    var result = (words: WordCounts(), protected: WordCounts())
    for index in counts.indices {
      if protected.contains(words[index].span) {
        result.protected.add(counts[index], index, of: self)
      } else {
        result.words.add(counts[index], index, of: self)
      }
    }
    return result
  }
}
