/// Applies the merges of an encoding to one word at a time, in memory that it reuses.
struct WordSegmenter: Sendable {
  /// The symbols of the word; -1 for a character that occurs in no merge.
  private(set) var symbols: [Int32] = []
  /// The byte offset in the word at which each symbol's text ends.
  private(set) var ends: [Int] = []
  /// The rank of the merge of each symbol with the next one; ``never`` if there is none.
  private var ranks: [Int32] = []
  /// Like `ranks`, but ``never`` if dropout skips the merge in this step.
  private var drawn: [Int32] = []
  private var finalCharacter: [UInt8] = []
  private var long = LongWordSegmenter()

  /// The most characters of a word that is scanned for each merge.
  private static let longest = 256
  private static let never = Int32.max

  /// Segments a word into ``symbols`` and ``ends``.
  ///
  /// - Complexity: O(n · log n) for n characters.
  mutating func segment(_ word: Span<UInt8>, by encoding: BytePairEncoding) {
    split(word, by: encoding)
    if symbols.count > Self.longest { return long.merge(&symbols, endingAt: &ends, by: encoding) }
    while let best = ranks.min(), best != Self.never {
      mergeAll(best, where: ranks, by: encoding)
    }
    removeEndOfWord()
  }

  /// Segments a word with BPE-dropout: at every step, each possible merge is skipped with a probability.
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
      guard let best = drawn.min(), best != Self.never else { return removeEndOfWord() }
      mergeAll(best, where: drawn, by: encoding)
    }
  }

  /// Removes an end of word that is a symbol of its own and was not merged: it stands for no text.
  private mutating func removeEndOfWord() {
    guard ends.count > 1, ends[ends.count - 2] == ends[ends.count - 1] else { return }
    symbols.removeLast()
    ends.removeLast()
    ranks.removeLast()
  }

  /// Splits the word into characters and marks the last one.
  private mutating func split(_ word: Span<UInt8>, by encoding: BytePairEncoding) {
    symbols.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    var start = 0
    while start < word.count {
      let end = characterEnd(in: word, from: start)
      let isFinal = end == word.count && !encoding.separatesEndOfWord
      symbols.append(symbol(word.extracting(start..<end), isFinal: isFinal, in: encoding))
      ends.append(end)
      start = end
    }
    if encoding.separatesEndOfWord, !symbols.isEmpty {
      let mark = BytePairEncoding.endOfWord
      symbols.append(encoding.symbols.find(mark.span).map { Int32($0) } ?? -1)
      ends.append(word.count)
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

/// A random number in 0..<1, the same on every platform and in every version of Swift.
func randomFraction(using generator: inout some RandomNumberGenerator) -> Double {
  Double(generator.next() >> 11) * 0x1p-53
}
