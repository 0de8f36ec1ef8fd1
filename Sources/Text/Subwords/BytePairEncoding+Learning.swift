extension BytePairEncoding {
  /// Learns merge operations: again and again, the most frequent pair of neighboring symbols becomes one.
  ///
  /// Among pairs of equal frequency the one whose left symbol, then right symbol, is greatest in byte order
  /// comes first. Learning stops early where no pair is left that is frequent enough.
  ///
  /// The result equals that of subword-nmt's `learn-bpe`. Its pruning of rare pairs changes its speed only,
  /// since a pair's count never rises once both of its symbols exist. Words that contain white space such as
  /// U+00A0 are the exception: there its regular expressions see the end of a symbol.
  ///
  /// - Parameters:
  ///   - counts: the words of the text.
  ///   - merges: merge operations to learn, as `learn-bpe -s`.
  ///   - minimumFrequency: a pair that occurs less often in the text is not merged.
  ///   - progress: called after each merge with the number of merges learned.
  /// - Returns: the merges in the order they were learned.
  /// - Complexity: O(log pairs) for each occurrence of a pair that a merge changes.
  public static func learn(
    from counts: WordCounts, merges: Int, minimumFrequency: Int = 2, progress: (Int) -> Void = { _ in }
  ) -> BytePairEncoding {
    var learner = BytePairLearner(counts)
    var encoding = BytePairEncoding()
    while encoding.mergeCount < merges, let pair = learner.mergeNext(minimumFrequency: minimumFrequency) {
      encoding.append(
        left: learner.symbols[Int(pair.left)].span, right: learner.symbols[Int(pair.right)].span)
      progress(encoding.mergeCount)
    }
    return encoding
  }
}
