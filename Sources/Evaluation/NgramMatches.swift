/// The n-grams that a hypothesis has in common with its references.
///
/// An n-gram is identified by the number of its first n-1 tokens and its last token, so that every order costs one table
/// lookup per position, and no n-gram is stored. Only n-grams of the hypothesis are in the table, and only those whose
/// beginning occurs in a reference. Memory is kept from one segment to the next.
struct NgramMatches {
  /// What a hypothesis has in common with its references in one order.
  struct Matched {
    /// The occurrences in each reference, of each n-gram at most as many as the hypothesis has.
    var byReference: [Int]
    /// Matches of BLEU: of each n-gram, as many as the reference has that has most, at most as many as the hypothesis has.
    var clipped = 0
  }

  /// The tokens of all sequences, one after the other.
  private var tokens: [Int32] = []
  /// Where each sequence begins.
  private var starts: [Int] = []
  /// For each position, the number of the n-gram that begins there; -1 if it cannot match.
  private var ngrams: [Int32] = []
  private var table = PairNumbers()
  /// For each n-gram, its occurrences in the hypothesis, in the current reference, and the most in any reference.
  private var counts: [(hypothesis: Int32, reference: Int32, most: Int32)] = []

  /// The number of sequences: the hypothesis and its references.
  var sequenceCount: Int { starts.count }

  /// Forgets all sequences.
  mutating func clear() {
    tokens.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
  }

  /// Begins a sequence: the first is the hypothesis, the others are references.
  mutating func beginSequence() { starts.append(tokens.count) }

  /// Appends a token to the sequence begun last.
  mutating func append(_ token: Int32) { tokens.append(token) }

  /// The tokens of a sequence.
  func count(ofSequence index: Int) -> Int { range(index).count }

  private func range(_ index: Int) -> Range<Int> {
    starts[index]..<(index + 1 < starts.count ? starts[index + 1] : tokens.count)
  }

  /// Calls `body` once for each order from 1 to `orders`.
  mutating func forEachOrder(upTo orders: Int, _ body: (Int, Matched) -> Void) {
    var matched = Matched(byReference: Array(repeating: 0, count: starts.count - 1))
    ngrams.removeAll(keepingCapacity: true)
    ngrams += tokens
    var isAlive = true
    for order in stride(from: 1, through: orders, by: 1) {
      if isAlive { count(order, &matched) }
      body(order, matched)
      // Longer n-grams cannot match either.
      if matched.clipped == 0 { isAlive = false }
    }
  }

  private mutating func count(_ order: Int, _ matched: inout Matched) {
    let hypothesis = range(0)
    let end = hypothesis.upperBound - order + 1
    number(hypothesis.lowerBound, end, order)
    matched.clipped = 0
    for reference in matched.byReference.indices {
      matched.byReference[reference] = match(range(reference + 1), order, &matched.clipped)
    }
    for position in stride(from: hypothesis.lowerBound, to: end, by: 1) {
      let ngram = Int(ngrams[position])
      if ngram >= 0, counts[ngram].most == 0 { ngrams[position] = -1 }
    }
  }

  /// Numbers the n-grams of the hypothesis.
  private mutating func number(_ start: Int, _ end: Int, _ order: Int) {
    table.clear(capacity: max(0, end - start))
    counts.removeAll(keepingCapacity: true)
    for position in stride(from: start, to: end, by: 1) where ngrams[position] >= 0 {
      let last = order == 1 ? 0 : tokens[position + order - 1]
      let number = table.number(of: ngrams[position], last)
      ngrams[position] = number
      if Int(number) == counts.count { counts.append((1, 0, 0)) } else { counts[Int(number)].hypothesis += 1 }
    }
  }

  /// Counts the n-grams of a reference that the hypothesis has, too.
  private mutating func match(_ reference: Range<Int>, _ order: Int, _ clipped: inout Int) -> Int {
    if starts.count > 2 { for ngram in counts.indices { counts[ngram].reference = 0 } }
    var matches = 0
    for position in stride(from: reference.lowerBound, to: reference.upperBound - order + 1, by: 1)
    where ngrams[position] >= 0 {
      let last = order == 1 ? 0 : tokens[position + order - 1]
      let number = table.find(ngrams[position], last)
      ngrams[position] = number
      guard number >= 0 else { continue }
      var count = counts[Int(number)]
      count.reference += 1
      if count.reference <= count.hypothesis {
        matches += 1
        if count.reference > count.most {
          count.most = count.reference
          clipped += 1
        }
      }
      counts[Int(number)] = count
    }
    return matches
  }
}

/// Numbers of pairs of numbers, until the next ``clear(capacity:)``.
private struct PairNumbers {
  private struct Slot {
    var key: UInt64 = 0
    /// The stamp at which the slot was filled: clearing increments the stamp instead of writing to all slots.
    var stamp: UInt32 = 0
    var number: Int32 = 0
  }

  private var slots: [Slot] = []
  private var stamp: UInt32 = 0
  private var count: Int32 = 0

  mutating func clear(capacity: Int) {
    count = 0
    var size = max(64, slots.count)
    while size < capacity * 2 { size *= 2 }
    if size > slots.count || stamp == .max {
      slots = Array(repeating: Slot(), count: size)
      stamp = 0
    }
    stamp += 1
  }

  private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
  }

  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
  }

  /// The number of a pair, a new one if it has none.
  mutating func number(of first: Int32, _ second: Int32) -> Int32 {
    let key = Self.key(first, second)
    var place = slot(key)
    while slots[place].stamp == stamp {
      if slots[place].key == key { return slots[place].number }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = Slot(key: key, stamp: stamp, number: count)
    count += 1
    return count - 1
  }

  /// The number of a pair, -1 if it has none.
  func find(_ first: Int32, _ second: Int32) -> Int32 {
    let key = Self.key(first, second)
    var place = slot(key)
    while slots[place].stamp == stamp {
      if slots[place].key == key { return slots[place].number }
      place = (place + 1) & (slots.count - 1)
    }
    return -1
  }
}
