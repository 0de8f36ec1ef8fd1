/// The number of edits that turn a translation into its reference, divided by the number of reference words.
///
/// Insertions, deletions, substitutions and shifts of phrases count one each. In percent; lower is better. Numbers and
/// signature equal sacreBLEU's, whose limits on shifts and on the beam are Tercom's.
///
/// Source: Snover et al. 2006, "A Study of Translation Edit Rate with Targeted Human Annotation".
public struct TER: Metric, Equatable {
  /// Whether case matters; Tercom ignores it.
  public var isCaseSensitive: Bool
  /// Whether XML escapes are resolved and punctuation is separated from words.
  public var isNormalized: Bool
  /// Whether punctuation is removed.
  public var removesPunctuation: Bool
  /// Whether normalization separates every Chinese character and kana, and removal of punctuation includes that of
  /// Chinese and Japanese.
  public var supportsAsianText: Bool

  /// A metric with sacreBLEU's defaults, which are Tercom's.
  public init(
    isCaseSensitive: Bool = false, isNormalized: Bool = false, removesPunctuation: Bool = false,
    supportsAsianText: Bool = false
  ) {
    (self.isCaseSensitive, self.isNormalized) = (isCaseSensitive, isNormalized)
    (self.removesPunctuation, self.supportsAsianText) = (removesPunctuation, supportsAsianText)
  }

  /// The metric's name.
  public var name: String { "TER" }
  /// Lower is better.
  public var isBetterHigher: Bool { false }
  /// The same metric.
  public var forSentences: TER { self }
}

extension TER {
  /// The fewest edits over the references, and the average length of the references.
  public func statistics(hypotheses: [[UInt8]], references: SegmentReferences) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 2)
    var words = WordTable()
    for (line, references) in zip(hypotheses, references.segments) {
      let hypothesis = numbers(of: line, &words)
      var (fewest, length) = (Int.max, 0)
      for line in references {
        let reference = numbers(of: line, &words)
        fewest = min(fewest, translationEdits(from: hypothesis, to: reference))
        length += reference.count
      }
      statistics.values += [Double(fewest), Double(length) / Double(references.count)]
    }
    return statistics
  }

  private func numbers(of line: [UInt8], _ words: inout WordTable) -> [Int32] {
    let line = tokenized(line)
    var numbers: [Int32] = []
    forEachWord(in: line) { numbers.append(words.number(of: line, $0)) }
    return numbers
  }

  private func tokenized(_ line: [UInt8]) -> [UInt8] {
    var line = isCaseSensitive ? line : lowercased(line)
    if isNormalized { line = normalizeForTER(trimmingEnd(line), splitsAsianText: supportsAsianText) }
    if removesPunctuation { line = removePunctuationForTER(line, includesAsian: supportsAsianText) }
    return line
  }

  /// The score from summed edits and lengths; 100 if there are edits but no reference words.
  public func score(sums: [Double], referenceCount: Int?) -> Score {
    let signature = Signature(
      referenceCount: referenceCount,
      [
        "case": isCaseSensitive ? "mixed" : "lc", "tok": "tercom", "norm": isNormalized ? "yes" : "no",
        "punct": removesPunctuation ? "no" : "yes", "asian": supportsAsianText ? "yes" : "no",
      ])
    return Score(
      name: name, value: value(sums: sums),
      details: .ter(edits: Int(sums[0]), referenceLength: sums[1]), signature: signature)
  }

  /// The value of the score.
  public func value(sums: [Double]) -> Double { rate(edits: sums[0], length: sums[1]) }

  /// The value in single precision.
  public func singlePrecisionValue(sums: [Double]) -> Double {
    Double(rate(edits: Float(sums[0]), length: Float(sums[1])))
  }

  private func rate<Number: BinaryFloatingPoint>(edits: Number, length: Number) -> Number {
    100 * (length > 0 ? edits / length : edits > 0 ? 1 : 0)
  }
}
