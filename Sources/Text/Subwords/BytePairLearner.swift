/// The words of a text as symbols, with counts of neighboring pairs that are updated by merges.
struct BytePairLearner {
  /// A pair of neighboring symbols.
  struct Pair {
    let left: Int32, right: Int32
    /// Number of occurrences in the text.
    var count = 0
    /// Words that contained the pair when it was counted; some may no longer contain it.
    var words: [Int32] = []
    /// Whether it is in ``risen``.
    var isRisen = false
  }

  /// A word of the text; it shrinks as its symbols merge.
  private struct Word {
    let start: Int
    var length: Int
    let frequency: Int
  }

  private(set) var symbols = ByteStringTable()
  /// The symbols of all words, concatenated.
  private var text: [Int32] = []
  private var words: [Word] = []

  private var pairs: [Pair] = []
  private var pairNumbers = PairTable()
  private var queue = PairQueue()
  /// Pairs whose counts rose since the queue was last updated.
  private var risen: [Int32] = []

  /// Whether digits are kept out of ``text``, so that nothing is merged with them.
  private let splitsDigits: Bool

  init(_ counts: WordCounts, splitsDigits: Bool = false) {
    self.splitsDigits = splitsDigits
    words.reserveCapacity(counts.types)
    for (word, count) in counts.counts.enumerated() { append(counts.words[word].span, frequency: count) }
    for word in words.indices { countPairs(of: word) }
    enqueueRisen()
  }

  /// Merges the most frequent pair in all words.
  ///
  /// - Returns: the pair, or nil if none is frequent enough.
  mutating func mergeNext(minimumFrequency: Int) -> (left: Int32, right: Int32)? {
    guard let best = popMostFrequent(), pairs[best].count >= minimumFrequency else { return nil }
    let (left, right) = (pairs[best].left, pairs[best].right)
    let result = insert(joining: left, right)
    let words = pairs[best].words
    for word in words { merge(left, right, to: result, in: Int(word)) }
    pairs[best].count = 0
    pairs[best].words = []
    enqueueRisen()
    return (left, right)
  }

  // MARK: Words

  private mutating func append(_ word: Span<UInt8>, frequency: Int) {
    var first = text.count
    var start = 0
    while start < word.count {
      let end = characterEnd(in: word, from: start)
      let character = word.extracting(start..<end)
      if splitsDigits, isDecimalDigit(character) {
        // What comes after the digit is another word, as far as merging is concerned.
        if text.count > first {
          words.append(Word(start: first, length: text.count - first, frequency: frequency))
        }
        (first, start) = (text.count, end)
        continue
      }
      text.append(end == word.count ? insertFinal(character) : Int32(symbols.insert(character)))
      start = end
    }
    words.append(Word(start: first, length: text.count - first, frequency: frequency))
  }

  private mutating func insertFinal(_ character: Span<UInt8>) -> Int32 {
    var bytes: [UInt8] = []
    bytes.append(character)
    bytes += BytePairEncoding.endOfWord
    return Int32(symbols.insert(bytes.span))
  }

  private mutating func insert(joining left: Int32, _ right: Int32) -> Int32 {
    let bytes = Array(symbols[Int(left)] + symbols[Int(right)])
    return Int32(symbols.insert(bytes.span))
  }

  /// Merges all occurrences of the pair in one word, from left to right.
  private mutating func merge(_ left: Int32, _ right: Int32, to result: Int32, in word: Int) {
    let (start, frequency) = (words[word].start, words[word].frequency)
    let end = start + words[word].length
    var (read, write) = (start, start)
    while read < end {
      guard read + 1 < end, text[read] == left, text[read + 1] == right else {
        text[write] = text[read]
        (read, write) = (read + 1, write + 1)
        continue
      }
      if write > start {
        lower(text[write - 1], left, by: frequency)
        raise(text[write - 1], result, by: frequency, in: word)
      }
      if read + 2 < end {
        lower(right, text[read + 2], by: frequency)
        raise(result, text[read + 2], by: frequency, in: word)
      }
      text[write] = result
      (read, write) = (read + 2, write + 1)
    }
    words[word].length = write - start
  }

  // MARK: Counts

  private mutating func countPairs(of word: Int) {
    let (start, length, frequency) = (words[word].start, words[word].length, words[word].frequency)
    for index in start..<max(start, start + length - 1) {
      raise(text[index], text[index + 1], by: frequency, in: word)
    }
  }

  private mutating func raise(_ left: Int32, _ right: Int32, by frequency: Int, in word: Int) {
    let number = Int(pairNumbers.findOrInsert(left, right, Int32(pairs.count)))
    if number == pairs.count { pairs.append(Pair(left: left, right: right)) }
    pairs[number].count += frequency
    if pairs[number].words.last != Int32(word) { pairs[number].words.append(Int32(word)) }
    guard !pairs[number].isRisen else { return }
    pairs[number].isRisen = true
    risen.append(Int32(number))
  }

  private mutating func lower(_ left: Int32, _ right: Int32, by frequency: Int) {
    guard let number = pairNumbers.find(left, right) else { return }
    pairs[Int(number)].count -= frequency
  }

  // MARK: Queue

  /// Adds the pairs that a merge created or made more frequent to the queue, once all words are merged.
  ///
  /// If a count falls later, its entry stays in the queue and is corrected when it reaches the front, since counts fall
  /// far more often than entries reach the front.
  private mutating func enqueueRisen() {
    for number in risen {
      pairs[Int(number)].isRisen = false
      push(number)
    }
    risen.removeAll(keepingCapacity: true)
  }

  private mutating func push(_ number: Int32) {
    let pair = pairs[Int(number)]
    guard pair.count > 0 else { return }
    let entry = PairQueue.Entry(count: pair.count, number: number, left: pair.left, right: pair.right)
    queue.push(entry, symbols)
  }

  private mutating func popMostFrequent() -> Int? {
    while let entry = queue.pop(symbols) {
      let count = pairs[Int(entry.number)].count
      if count == entry.count { return Int(entry.number) }
      if count < entry.count { push(entry.number) }
    }
    return nil
  }
}
