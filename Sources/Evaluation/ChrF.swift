/// The F-score of character n-grams; in chrF++, of word n-grams, too.
///
/// Precision and recall are averaged over the orders, then `(1 + β²) · P · R / (β² · P + R)`, in percent.
/// Numbers and signature equal sacreBLEU's.
///
/// Source: Popović 2015, "chrF: character n-gram F-score for automatic MT evaluation"; Popović 2017, "chrF++".
public struct ChrF: Metric, Equatable {
  /// The maximum length of character n-grams.
  public var characterOrder: Int
  /// The maximum length of word n-grams; 0 for chrF, 2 for chrF++.
  public var wordOrder: Int
  /// The weight of recall relative to precision.
  public var beta: Int
  /// Whether case is ignored.
  public var isLowercased: Bool
  /// Whether whitespace counts as characters.
  public var countsWhitespace: Bool
  /// Whether F-scores are averaged over all orders, where an order without n-grams counts as almost 0, like in the
  /// author's program, NLTK and Moses; otherwise, precisions and recalls are averaged over the orders with n-grams.
  public var smoothsByEpsilon: Bool

  /// A metric with sacreBLEU's defaults.
  public init(
    characterOrder: Int = 6, wordOrder: Int = 0, beta: Int = 2, isLowercased: Bool = false,
    countsWhitespace: Bool = false, smoothsByEpsilon: Bool = false
  ) {
    precondition(
      characterOrder >= 0 && wordOrder >= 0 && beta >= 0, "ChrF: \(characterOrder), \(wordOrder), \(beta)")
    (self.characterOrder, self.wordOrder, self.beta) = (characterOrder, wordOrder, beta)
    (self.isLowercased, self.countsWhitespace) = (isLowercased, countsWhitespace)
    self.smoothsByEpsilon = smoothsByEpsilon
  }

  /// The name with β and a plus sign for each order of words.
  public var name: String { "chrF\(beta)" + String(repeating: "+", count: wordOrder) }
  /// Higher is better.
  public var isBetterHigher: Bool { true }
  /// The same metric.
  public var forSentences: ChrF { self }
}

extension ChrF {
  private var orders: Int { characterOrder + wordOrder }

  /// For each order, the n-grams of the hypothesis, of the best reference, and those in common.
  public func statistics(hypotheses: [[UInt8]], references: SegmentReferences) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 3 * orders)
    statistics.values.reserveCapacity(hypotheses.count * statistics.width)
    var words = WordTable()
    var (characterMatches, wordMatches) = (NgramMatches(), NgramMatches())
    for (hypothesis, references) in zip(hypotheses, references.segments) {
      words.forgetIfLarge()
      characterMatches.clear()
      wordMatches.clear()
      for line in [hypothesis] + references {
        let line = isLowercased ? lowercased(line) : line
        characterMatches.beginSequence()
        forEachCharacter(of: line) { characterMatches.append($0) }
        guard wordOrder > 0 else { continue }
        wordMatches.beginSequence()
        forEachWordPart(of: line) { wordMatches.append(words.number(of: line, $0)) }
      }
      var rows = [[Double]](repeating: [], count: references.count)
      add(&characterMatches, orders: characterOrder, to: &rows)
      if wordOrder > 0 { add(&wordMatches, orders: wordOrder, to: &rows) }
      statistics.values += best(of: rows)
    }
    return statistics
  }

  func characters(of line: [UInt8]) -> [Int32] {
    var characters: [Int32] = []
    characters.reserveCapacity(line.count)
    forEachCharacter(of: line) { characters.append($0) }
    return characters
  }

  private func forEachCharacter(of line: [UInt8], _ body: (Int32) -> Void) {
    forEachScalar(of: line) { if countsWhitespace || !isWhitespace($0) { body(Int32($0)) } }
  }

  func numbersOfWords(in line: [UInt8], _ words: inout WordTable) -> [Int32] {
    var numbers: [Int32] = []
    forEachWordPart(of: line) { numbers.append(words.number(of: line, $0)) }
    return numbers
  }

  private func forEachWordPart(of line: [UInt8], _ body: (Range<Int>) -> Void) {
    forEachWord(in: line) { for part in partsOfWord(line, $0) { body(part) } }
  }

  private func add(_ matches: inout NgramMatches, orders: Int, to rows: inout [[Double]]) {
    let lengths = (0..<matches.sequenceCount).map { matches.count(ofSequence: $0) }
    for row in rows.indices { rows[row].reserveCapacity(3 * self.orders) }
    matches.forEachOrder(upTo: orders) { order, matched in
      let hypothesis = max(0, lengths[0] - order + 1)
      for row in rows.indices {
        let total = max(0, lengths[row + 1] - order + 1)
        // If the reference has no n-grams, those of the hypothesis do not count.
        rows[row].append(Double(total > 0 ? hypothesis : 0))
        rows[row].append(Double(total))
        rows[row].append(Double(matched.byReference[row]))
      }
    }
  }

  private func best(of rows: [[Double]]) -> [Double] {
    var best = rows[0]
    guard rows.count > 1 else { return best }
    var bestScore = fScore(best)
    for row in rows.dropFirst() {
      let score = fScore(row)
      if score > bestScore { (best, bestScore) = (row, score) }
    }
    return best
  }
}

extension ChrF {
  /// The score from summed counts.
  public func score(sums: [Double], referenceCount: Int?) -> Score {
    Score(
      name: name, value: fScore(sums), details: .chrF, signature: signature(referenceCount: referenceCount))
  }

  /// The value of the score.
  public func value(sums: [Double]) -> Double { fScore(sums) }

  /// The value in single precision.
  public func singlePrecisionValue(sums: [Double]) -> Double { Double(fScore(sums.map { Float($0) })) }

  /// The settings in sacreBLEU's format.
  public func signature(referenceCount: Int?) -> Signature {
    Signature(
      referenceCount: referenceCount,
      [
        "case": isLowercased ? "lc" : "mixed", "eff": smoothsByEpsilon ? "no" : "yes",
        "nc": String(characterOrder),
        "nw": String(wordOrder), "space": countsWhitespace ? "yes" : "no",
      ])
  }

  /// The score from the counts of one or more segments.
  func fScore<Number: BinaryFloatingPoint>(_ counts: [Number]) -> Number {
    min(100, smoothsByEpsilon ? smoothedFScore(counts) : effectiveFScore(counts))
  }

  /// The mean of the F-scores of all orders in percent, with a tiny number in place of undefined ones.
  private func smoothedFScore<Number: BinaryFloatingPoint>(_ counts: [Number]) -> Number {
    let (epsilon, factor) = (Number(1e-16), Number(beta * beta))
    var sum: Number = 0
    for order in 0..<orders {
      let (hypothesis, reference) = (counts[3 * order], counts[3 * order + 1])
      let precision = hypothesis > 0 ? counts[3 * order + 2] / hypothesis : epsilon
      let recall = reference > 0 ? counts[3 * order + 2] / reference : epsilon
      let divisor = factor * precision + recall
      sum += divisor > 0 ? (1 + factor) * precision * recall / divisor : epsilon
    }
    return orders > 0 ? 100 * sum / Number(orders) : 0
  }

  /// The F-score in percent over the orders for which both sides have n-grams.
  private func effectiveFScore<Number: BinaryFloatingPoint>(_ counts: [Number]) -> Number {
    var (precision, recall, effectiveOrders): (Number, Number, Number) = (0, 0, 0)
    for order in 0..<orders where counts[3 * order] > 0 && counts[3 * order + 1] > 0 {
      precision += counts[3 * order + 2] / counts[3 * order]
      recall += counts[3 * order + 2] / counts[3 * order + 1]
      effectiveOrders += 1
    }
    guard effectiveOrders > 0, precision + recall > 0 else { return 0 }
    (precision, recall) = (precision / effectiveOrders, recall / effectiveOrders)
    let factor = Number(beta * beta)
    return 100 * ((1 + factor) * precision * recall / (factor * precision + recall))
  }
}

/// Splits an ASCII punctuation mark from the end of a word, or else from its beginning.
///
/// Only one mark is split, as in the author's program: "(hi)" becomes "(hi" and ")".
private func partsOfWord(_ line: [UInt8], _ word: Range<Int>) -> [Range<Int>] {
  // Bytes suffice: a word of one character is either one byte, or does not begin or end with ASCII.
  guard word.count > 1 else { return [word] }
  let (first, last) = (word.lowerBound, word.upperBound - 1)
  if isPunctuation(line[last]) { return [first..<last, last..<word.upperBound] }
  if isPunctuation(line[first]) { return [first..<first + 1, first + 1..<word.upperBound] }
  return [word]
}

private func isPunctuation(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}
