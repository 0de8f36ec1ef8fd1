/// The precision of word n-grams with a penalty for short translations.
///
/// `BP · exp(Σ log pₙ / N)` with N = 4, in percent. Numbers and signature equal sacreBLEU's.
///
/// Source: Papineni et al. 2002, "BLEU: a Method for Automatic Evaluation of Machine Translation"; Post 2018.
public struct BLEU: Metric, Equatable {
  /// How a line is split into words.
  public var tokenization: Tokenization
  /// Whether case is ignored.
  public var isLowercased: Bool
  /// The replacement for precisions of zero.
  public var smoothing: Smoothing
  /// Whether orders without n-grams in the hypothesis are left out; for sentences of fewer than four words.
  public var usesEffectiveOrder: Bool
  /// The longest n-grams, N.
  public var maximumOrder: Int

  /// A metric with sacreBLEU's defaults.
  public init(
    tokenization: Tokenization = .mteval13a, isLowercased: Bool = false, smoothing: Smoothing = .exponential,
    usesEffectiveOrder: Bool = false, maximumOrder: Int = 4
  ) {
    precondition(maximumOrder >= 1, "BLEU: order \(maximumOrder)")
    (self.tokenization, self.isLowercased, self.smoothing) = (tokenization, isLowercased, smoothing)
    (self.usesEffectiveOrder, self.maximumOrder) = (usesEffectiveOrder, maximumOrder)
  }

  /// The metric's name.
  public var name: String { "BLEU" }
  /// Higher is better.
  public var isBetterHigher: Bool { true }
  /// The metric with effective order, because many sentences match no 4-gram.
  public var forSentences: BLEU {
    var copy = self
    copy.usesEffectiveOrder = true
    return copy
  }
}

extension BLEU {
  /// The lengths of the hypothesis and of the closest reference, matches by order, n-grams by order.
  public func statistics(hypotheses: [[UInt8]], references: SegmentReferences) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 2 + 2 * maximumOrder)
    statistics.values.reserveCapacity(hypotheses.count * statistics.width)
    var (words, counter) = (WordTable(), NgramCounter())
    for (hypothesis, references) in zip(hypotheses, references.segments) {
      let sequences = ([hypothesis] + references).map { numbers(of: $0, &words) }
      append(sequences, &counter, to: &statistics)
    }
    return statistics
  }

  private func numbers(of line: [UInt8], _ words: inout WordTable) -> [Int32] {
    let line = trimmingEnd(isLowercased ? lowercased(line) : line)
    let tokens = tokenization.separate(line)
    var numbers: [Int32] = []
    forEachWord(in: tokens) { numbers.append(words.number(of: tokens, $0)) }
    return numbers
  }

  private func append(
    _ sequences: [[Int32]], _ counter: inout NgramCounter, to statistics: inout SegmentStatistics
  ) {
    let length = sequences[0].count
    var matches = [Double](repeating: 0, count: maximumOrder)
    var totals = matches
    counter.count(sequences, orders: maximumOrder) { order, counts in
      totals[order - 1] = Double(max(0, length - order + 1))
      for ngram in counts[0].indices where counts[0][ngram] > 0 {
        let most = counts.dropFirst().reduce(0) { max($0, $1[ngram]) }
        matches[order - 1] += Double(min(counts[0][ngram], most))
      }
    }
    let nearest = sequences.dropFirst().map(\.count).min {
      nearness($0, to: length) < nearness($1, to: length)
    }
    statistics.values += [Double(length), Double(nearest ?? 0)] + matches + totals
  }

  /// A key that orders reference lengths: the closest first, of two equally close ones the shorter.
  private func nearness(_ length: Int, to hypothesis: Int) -> (Int, Int) {
    (abs(length - hypothesis), length)
  }
}
