/// The words of a text as symbols, with the counts of neighbouring pairs kept up to date through merges.
struct BytePairLearner {
  /// A pair of neighbouring symbols.
  struct Pair {
    let left: Int32, right: Int32
    /// Occurrences in the text.
    var count = 0
    /// Words that held the pair when it was counted; it may be gone from some.
    var words: [Int32] = []
  }

  private(set) var symbols = ByteStringTable()
  /// The symbols of all words; word `w` lies at `starts[w]` and is `lengths[w]` long, shrinking as it merges.
  private var text: [Int32] = []
  private var starts: [Int] = []
  private var lengths: [Int] = []
  private let frequencies: [Int]

  private var pairs: [Pair] = []
  private var pairNumbers = PairTable()
  private var queue = PairQueue()
  /// Pairs that came up since the queue was last brought up to date.
  private var risen: [Int32] = []

  init(_ counts: WordCounts) {
    frequencies = counts.counts
    for word in counts.counts.indices { appendWord(counts.words[word].span) }
    for word in starts.indices { countPairs(of: word) }
    enqueueRisen()
  }

  /// Merges the most frequent pair in all words.
  ///
  /// - Returns: the pair, or `nil` where none has the frequency.
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

  private mutating func appendWord(_ word: Span<UInt8>) {
    starts.append(text.count)
    var start = 0
    while start < word.count {
      let end = characterEnd(in: word, from: start)
      let character = word.extracting(start..<end)
      text.append(end == word.count ? insertFinal(character) : Int32(symbols.insert(character)))
      start = end
    }
    lengths.append(text.count - (starts.last ?? 0))
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

  /// Merges the pair in one word, from the left, as if one occurrence after the other.
  private mutating func merge(_ left: Int32, _ right: Int32, to result: Int32, in word: Int) {
    let start = starts[word]
    let end = start + lengths[word]
    var (read, write) = (start, start)
    while read < end {
      guard read + 1 < end, text[read] == left, text[read + 1] == right else {
        text[write] = text[read]
        (read, write) = (read + 1, write + 1)
        continue
      }
      if write > start {
        lower(text[write - 1], left, in: word)
        raise(text[write - 1], result, in: word)
      }
      if read + 2 < end {
        lower(right, text[read + 2], in: word)
        raise(result, text[read + 2], in: word)
      }
      text[write] = result
      (read, write) = (read + 2, write + 1)
    }
    lengths[word] = write - start
  }

  // MARK: Counts

  private mutating func countPairs(of word: Int) {
    let start = starts[word]
    for index in start..<max(start, start + lengths[word] - 1) {
      raise(text[index], text[index + 1], in: word)
    }
  }

  private mutating func raise(_ left: Int32, _ right: Int32, in word: Int) {
    let number = Int(pairNumbers.findOrInsert(left, right, Int32(pairs.count)))
    if number == pairs.count { pairs.append(Pair(left: left, right: right)) }
    pairs[number].count += frequencies[word]
    if pairs[number].words.last != Int32(word) { pairs[number].words.append(Int32(word)) }
    risen.append(Int32(number))
  }

  private mutating func lower(_ left: Int32, _ right: Int32, in word: Int) {
    guard let number = pairNumbers.find(left, right) else { return }
    pairs[Int(number)].count -= frequencies[word]
  }

  // MARK: Queue

  /// Enters the pairs that a merge made or raised, once it is through with all words.
  ///
  /// Where a count falls later, the entry stays and is corrected when it comes up, since counts fall far more
  /// often than entries come up.
  private mutating func enqueueRisen() {
    risen.sort()
    var previous: Int32 = -1
    for number in risen where number != previous {
      push(number)
      previous = number
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
