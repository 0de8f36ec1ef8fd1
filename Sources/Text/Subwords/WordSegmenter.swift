/// Carries out the merges of an encoding on one word at a time, in memory that it keeps.
struct WordSegmenter: Sendable {
  /// The symbols of the word; -1 for a character that no merge knows.
  private(set) var symbols: [Int32] = []
  /// Where each symbol's text ends in the word, in bytes.
  private(set) var ends: [Int] = []
  /// The rank of the merge of each symbol with the next; ``never`` where there is none.
  private var ranks: [Int32] = []
  /// `ranks`, but ``never`` where dropout passes over a merge this time.
  private var drawn: [Int32] = []
  private var finalCharacter: [UInt8] = []

  private static let never = Int32.max

  /// Segments a word into ``symbols`` and ``ends``.
  ///
  /// - Complexity: O(n · min(n, merges)) in the characters of the word.
  mutating func segment(_ word: Span<UInt8>, by encoding: BytePairEncoding) {
    split(word, by: encoding)
    while let best = ranks.min(), best != Self.never {
      mergeAll(best, where: ranks, by: encoding)
    }
  }

  /// Segments a word, each possible merge being passed over with a probability at every step.
  ///
  /// Source: Provilkov, Emelianenko and Voita 2020, "BPE-Dropout", section 3.1.
  mutating func segment(
    _ word: Span<UInt8>, by encoding: BytePairEncoding, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    split(word, by: encoding)
    while true {
      drawn.removeAll(keepingCapacity: true)
      for rank in ranks {
        let isKept = rank != Self.never && randomFraction(using: &generator) >= dropout
        drawn.append(isKept ? rank : Self.never)
      }
      guard let best = drawn.min(), best != Self.never else { return }
      mergeAll(best, where: drawn, by: encoding)
    }
  }

  /// The characters of the word, the last one marked.
  private mutating func split(_ word: Span<UInt8>, by encoding: BytePairEncoding) {
    symbols.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    var start = 0
    while start < word.count {
      let end = characterEnd(in: word, from: start)
      symbols.append(symbol(word.extracting(start..<end), isFinal: end == word.count, in: encoding))
      ends.append(end)
      start = end
    }
    for index in symbols.indices.dropLast() {
      ranks.append(rank(symbols[index], symbols[index + 1], in: encoding))
    }
    if !symbols.isEmpty { ranks.append(Self.never) }
  }

  private mutating func symbol(
    _ character: Span<UInt8>, isFinal: Bool, in encoding: BytePairEncoding
  ) -> Int32 {
    guard isFinal else { return encoding.symbols.find(character).map { Int32($0) } ?? -1 }
    finalCharacter.removeAll(keepingCapacity: true)
    finalCharacter.append(character)
    finalCharacter += BytePairEncoding.endOfWord
    return encoding.symbols.find(finalCharacter.span).map { Int32($0) } ?? -1
  }

  private func rank(_ left: Int32, _ right: Int32, in encoding: BytePairEncoding) -> Int32 {
    encoding.ranks.find(left, right) ?? Self.never
  }

  /// Merges every pair whose rank in `selection` is `best`, from the left, and closes the gaps.
  private mutating func mergeAll(_ best: Int32, where selection: [Int32], by encoding: BytePairEncoding) {
    let result = encoding.merges[Int(best)].result
    var (read, write) = (0, 0)
    var previousIsNew = false
    while read < symbols.count {
      let isNew = selection[read] == best
      let symbol = isNew ? result : symbols[read]
      let last = isNew ? read + 1 : read
      if write > 0 {
        ranks[write - 1] =
          isNew || previousIsNew ? rank(symbols[write - 1], symbol, in: encoding) : ranks[read - 1]
      }
      symbols[write] = symbol
      ends[write] = ends[last]
      previousIsNew = isNew
      write += 1
      read = last + 1
    }
    symbols.removeSubrange(write...)
    ends.removeSubrange(write...)
    ranks.removeSubrange(write...)
    ranks[write - 1] = Self.never
  }
}

/// A number from 0 up to but not including 1, the same on every platform and in every version of Swift.
func randomFraction(using generator: inout some RandomNumberGenerator) -> Double {
  Double(generator.next() >> 11) * 0x1p-53
}
