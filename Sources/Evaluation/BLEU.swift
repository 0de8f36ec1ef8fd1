import Text

/// The precision of word n-grams with a penalty for short translations.
///
/// `BP · exp(Σ log pₙ / N)` with N = 4, in percent. Numbers and signature equal sacreBLEU's.
///
/// Source: Papineni et al. 2002, "BLEU: a Method for Automatic Evaluation of Machine Translation"; Post 2018.
public struct BLEU: Metric, Equatable {
  /// How a line is split into words.
  public var tokenization: Tokenization
  /// The model whose pieces are the words; if there is one, ``tokenization`` is not used.
  public var pieces: PieceTokenizer?
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
    var (words, matches) = (WordTable(), NgramMatches())
    var encoder = pieces?.makeEncoder()
    for (hypothesis, references) in zip(hypotheses, references.segments) {
      words.forgetIfLarge()
      matches.clear()
      for line in [hypothesis] + references {
        matches.beginSequence()
        forEachWord(in: line, &encoder) { matches.append(words.number(of: $0, $1)) }
      }
      append(&matches, to: &statistics)
    }
    return statistics
  }

  /// Calls `body` with each word of a line: with bytes and the word's range in them.
  func forEachWord(
    in line: [UInt8], _ encoder: inout SentencePieceEncoder?, _ body: ([UInt8], Range<Int>) -> Void
  ) {
    let line = trimmingEnd(isLowercased ? lowercased(line) : line)
    if let words = encoder?.subwords(of: line) {
      Evaluation.forEachWord(in: words) { body(words, $0) }
    } else {
      tokenization.forEachWord(in: line, body)
    }
  }

  private func append(_ matches: inout NgramMatches, to statistics: inout SegmentStatistics) {
    let length = matches.count(ofSequence: 0)
    let lengths = (1..<matches.sequenceCount).map { matches.count(ofSequence: $0) }
    let nearest = lengths.min { nearness($0, to: length) < nearness($1, to: length) }
    statistics.values.append(Double(length))
    statistics.values.append(Double(nearest ?? 0))
    matches.forEachOrder(upTo: maximumOrder) { _, matched in
      statistics.values.append(Double(matched.clipped))
    }
    for order in 1...maximumOrder { statistics.values.append(Double(max(0, length - order + 1))) }
  }

  /// A key that orders reference lengths: the closest first, of two equally close ones the shorter.
  private func nearness(_ length: Int, to hypothesis: Int) -> (Int, Int) {
    (abs(length - hypothesis), length)
  }
}
