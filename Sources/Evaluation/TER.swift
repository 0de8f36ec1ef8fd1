/// The number of edits that turn a translation into its reference, divided by the number of reference words.
///
/// Insertions, deletions, substitutions and shifts of phrases count one each. In percent; lower is better. Numbers and
/// signature equal sacreBLEU's, whose limits on shifts and on the beam are Tercom's.
///
/// Source: Snover et al. 2006, "A Study of Translation Edit Rate with Targeted Human Annotation".
public struct TER: Metric, Equatable {
  /// Whether case matters; Tercom ignores it.
  public var isCaseSensitive: Bool

  /// A metric with sacreBLEU's defaults.
  public init(isCaseSensitive: Bool = false) { self.isCaseSensitive = isCaseSensitive }

  /// The metric's name.
  public var name: String { "TER" }
  /// Lower is better.
  public var isBetterHigher: Bool { false }
  /// The same metric.
  public var forSentences: TER { self }
}

extension TER {
  /// The fewest edits over the references, and the average length of the references.
  public func statistics(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> SegmentStatistics {
    var statistics = SegmentStatistics(width: 2)
    var words = WordTable()
    for (index, line) in hypotheses.enumerated() {
      let hypothesis = numbers(of: line, &words)
      var (fewest, length) = (Int.max, 0)
      for set in references {
        let reference = numbers(of: set[index], &words)
        fewest = min(fewest, translationEdits(from: hypothesis, to: reference))
        length += reference.count
      }
      statistics.values += [Double(fewest), Double(length) / Double(references.count)]
    }
    return statistics
  }

  private func numbers(of line: [UInt8], _ words: inout WordTable) -> [Int32] {
    let line = isCaseSensitive ? line : lowercased(line)
    var numbers: [Int32] = []
    forEachWord(in: line) { numbers.append(words.number(of: line, $0)) }
    return numbers
  }

  /// The score from summed edits and lengths; 100 if there are edits but no reference words.
  public func score(sums: [Double], referenceCount: Int) -> Score {
    let (edits, length) = (sums[0], sums[1])
    let signature = Signature(
      referenceCount: referenceCount,
      [
        "case": isCaseSensitive ? "mixed" : "lc", "tok": "tercom", "norm": "no", "punct": "yes",
        "asian": "no",
      ])
    return Score(
      name: name, value: 100 * (length > 0 ? edits / length : edits > 0 ? 1 : 0),
      details: .ter(edits: Int(edits), referenceLength: length), signature: signature)
  }
}
