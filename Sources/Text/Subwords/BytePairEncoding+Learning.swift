extension BytePairEncoding {
  /// Learns merge operations: repeatedly merges the most frequent pair of neighboring symbols into one.
  ///
  /// Among pairs of equal frequency, the one whose left symbol, then right symbol, is greatest in byte order comes
  /// first. Learning stops early if no remaining pair is frequent enough.
  ///
  /// The result is identical to that of subword-nmt's `learn-bpe`, whose pruning of rare pairs affects only its speed,
  /// since a pair's count never rises once both of its symbols exist. The exception is words that contain white space
  /// such as U+00A0, which its regular expressions take for the end of a symbol.
  ///
  /// - Parameters:
  ///   - counts: the words of the text.
  ///   - merges: number of merge operations to learn, like `learn-bpe -s`.
  ///   - minimumFrequency: a pair that occurs less often in the text is not merged.
  ///   - splitsDigits: whether digits are never merged, neither with each other nor with anything else.
  ///   - progress: called after each merge with the number of merges learned so far.
  /// - Returns: the merges in the order in which they were learned.
  /// - Complexity: O(log pairs) for each occurrence of a pair that a merge changes.
  public static func learn(
    from counts: WordCounts, merges: Int, minimumFrequency: Int = 2, splitsDigits: Bool = false,
    progress: (Int) -> Void = { _ in }
  ) -> BytePairEncoding {
    var learner = BytePairLearner(counts, splitsDigits: splitsDigits)
    var encoding = BytePairEncoding()
    while encoding.mergeCount < merges, let pair = learner.mergeNext(minimumFrequency: minimumFrequency) {
      encoding.append(
        left: learner.symbols[Int(pair.left)].span, right: learner.symbols[Int(pair.right)].span)
      progress(encoding.mergeCount)
    }
    return encoding
  }
}
