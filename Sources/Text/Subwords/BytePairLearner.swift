/// The words of a text as symbols, with counts of neighboring pairs that are updated by merges.
///
/// A merge visits the words that contain its pair. Most words are a few symbols, which are moved together; in a long
/// one, such as a hex dump, a merge visits only the places of its pair.
struct BytePairLearner {
  /// A pair of neighboring symbols.
  struct Pair {
    let left: Int32, right: Int32
    /// Number of occurrences in the text.
    var count = 0
    /// Where the pair was when it was counted, which may no longer be true: the numbers of words, and the complements
    /// of places in ``LinkedSymbols`` for long words.
    var occurrences: [Int32] = []
    /// Whether it is in ``risen``.
    var isRisen = false
  }

  /// A word of the text; it shrinks as its symbols merge.
  private struct Word {
    let start: Int
    var length: Int
    let frequency: Int
  }

  /// The most symbols of a word that are moved by merges; longer words are linked lists.
  private static let longest = 128

  private(set) var symbols = ByteStringTable()
  /// The symbols of all words that are not long, concatenated.
  private var text: [Int32] = []
  private var words: [Word] = []
  /// The symbols of long words, and the frequency of the word of each.
  private var links = LinkedSymbols()
  private var linkFrequencies: [Int] = []

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
    countLinkedPairs()
    enqueueRisen()
  }

  /// Merges the most frequent pair in all words.
  ///
  /// - Returns: the pair, or nil if none is frequent enough.
  mutating func mergeNext(minimumFrequency: Int) -> (left: Int32, right: Int32)? {
    guard let best = popMostFrequent(), pairs[best].count >= minimumFrequency else { return nil }
    let (left, right) = (pairs[best].left, pairs[best].right)
    let result = insert(joining: left, right)
    let occurrences = pairs[best].occurrences
    for word in occurrences where word >= 0 { merge(left, right, to: result, in: Int(word)) }
    if links.count > 0 { mergeLinked(left, right, to: result, occurrences) }
    pairs[best].count = 0
    pairs[best].occurrences = []
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
        endWord(from: first, frequency: frequency)
        (first, start) = (text.count, end)
        continue
      }
      text.append(end == word.count ? insertFinal(character) : Int32(symbols.insert(character)))
      start = end
    }
    endWord(from: first, frequency: frequency)
  }

  /// Makes a word of the symbols that were added last, if any.
  private mutating func endWord(from first: Int, frequency: Int) {
    guard text.count > first else { return }
    guard text.count - first > Self.longest else {
      words.append(Word(start: first, length: text.count - first, frequency: frequency))
      return
    }
    for index in first..<text.count { links.append(text[index], startsWord: index == first) }
    linkFrequencies += repeatElement(frequency, count: text.count - first)
    text.removeSubrange(first...)
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
        raise(text[write - 1], result, by: frequency, at: Int32(word))
      }
      if read + 2 < end {
        lower(right, text[read + 2], by: frequency)
        raise(result, text[read + 2], by: frequency, at: Int32(word))
      }
      text[write] = result
      (read, write) = (read + 2, write + 1)
    }
    words[word].length = write - start
  }

  /// Merges all occurrences of the pair in long words, from left to right.
  private mutating func mergeLinked(
    _ left: Int32, _ right: Int32, to result: Int32, _ occurrences: [Int32]
  ) {
    for place in occurrences.lazy.filter({ $0 < 0 }).map({ ~$0 }).sorted()
    where links.holds(left, right, at: place) {
      let frequency = linkFrequencies[Int(place)]
      if let previous = links.previous(place) {
        lower(links.symbol(at: previous), left, by: frequency)
        raise(links.symbol(at: previous), result, by: frequency, at: ~previous)
      }
      links.merge(at: place, to: result)
      if let next = links.next(place) {
        lower(right, links.symbol(at: next), by: frequency)
        raise(result, links.symbol(at: next), by: frequency, at: ~place)
      }
    }
  }

  // MARK: Counts

  private mutating func countPairs(of word: Int) {
    let (start, length, frequency) = (words[word].start, words[word].length, words[word].frequency)
    for index in start..<max(start, start + length - 1) {
      raise(text[index], text[index + 1], by: frequency, at: Int32(word))
    }
  }

  private mutating func countLinkedPairs() {
    for place in 0..<Int32(links.count) {
      guard let next = links.next(place) else { continue }
      raise(
        links.symbol(at: place), links.symbol(at: next), by: linkFrequencies[Int(place)], at: ~place)
    }
  }

  private mutating func raise(_ left: Int32, _ right: Int32, by frequency: Int, at occurrence: Int32) {
    let number = Int(pairNumbers.findOrInsert(left, right, Int32(pairs.count)))
    if number == pairs.count { pairs.append(Pair(left: left, right: right)) }
    pairs[number].count += frequency
    if pairs[number].occurrences.last != occurrence { pairs[number].occurrences.append(occurrence) }
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
