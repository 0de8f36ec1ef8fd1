/// A measure of how close translations are to reference translations.
///
/// A metric counts something in each segment and computes a score from the sums over all segments. Counts are kept for
/// each segment, so that significance tests can sum other selections of segments without counting again.
public protocol Metric: Sendable {
  /// The name with the variant: "BLEU", "chrF2++", "TER".
  var name: String { get }
  /// Whether higher scores are better.
  var isBetterHigher: Bool { get }
  /// The variant of the metric for single sentences.
  var forSentences: Self { get }

  /// The counts for every segment.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more references of each segment.
  /// - Returns: one row of counts per segment.
  /// - Precondition: hypotheses and references have the same number of segments.
  func statistics(hypotheses: [[UInt8]], references: SegmentReferences) -> SegmentStatistics

  /// The score from sums of counts.
  ///
  /// - Parameters:
  ///   - sums: the counts of the segments that belong to the score, summed.
  ///   - referenceCount: the number of references of each segment, for the signature; nil if segments differ in it.
  /// - Returns: the score.
  func score(sums: [Double], referenceCount: Int?) -> Score
}

/// Counts of a metric, one row per segment.
public struct SegmentStatistics: Sendable, Equatable {
  /// Rows one after the other, shape `[count, width]`.
  var values: [Double] = []
  /// The number of counts per segment.
  let width: Int

  /// The number of segments.
  public var count: Int { values.count / width }

  init(width: Int) { self.width = width }

  subscript(segment index: Int) -> ArraySlice<Double> { values[index * width..<(index + 1) * width] }

  /// Adds the counts of a segment.
  func add(segment index: Int, to sums: inout [Double]) {
    for column in 0..<width { sums[column] += values[index * width + column] }
  }

  /// The sums over all segments, shape `[width]`.
  var sums: [Double] {
    var sums = [Double](repeating: 0, count: width)
    for index in values.indices { sums[index % width] += values[index] }
    return sums
  }
}

extension Metric {
  /// The counts for every segment, from sets of references.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more sets of references, each with one line per segment.
  /// - Returns: one row of counts per segment.
  /// - Precondition: every set of references has as many lines as there are hypotheses.
  public func statistics(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> SegmentStatistics {
    statistics(hypotheses: hypotheses, references: SegmentReferences(sets: references))
  }

  /// The score of a corpus.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more sets of references, each with one line per segment.
  /// - Returns: the score of all segments together, 0 if there are none.
  /// - Precondition: every set of references has as many lines as there are hypotheses.
  public func score(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> Score {
    score(hypotheses: hypotheses, references: SegmentReferences(sets: references))
  }

  /// The score of a corpus whose segments may have different numbers of references.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more references of each segment.
  /// - Returns: the score of all segments together, 0 if there are none.
  /// - Precondition: hypotheses and references have the same number of segments.
  public func score(hypotheses: [[UInt8]], references: SegmentReferences) -> Score {
    score(of: checkedStatistics(hypotheses, references), referenceCount: references.referenceCount)
  }

  /// The score of all counted segments.
  public func score(of statistics: SegmentStatistics, referenceCount: Int?) -> Score {
    score(sums: statistics.sums, referenceCount: referenceCount)
  }

  /// The score of a corpus of strings; see ``score(hypotheses:references:)-([[UInt8]],[[[UInt8]]])``.
  public func score(hypotheses: [String], references: [[String]]) -> Score {
    score(
      hypotheses: hypotheses.map { Array($0.utf8) }, references: references.map { $0.map { Array($0.utf8) } })
  }

  /// A separate score for each segment.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more sets of references, each with one line per segment.
  /// - Returns: one score per segment.
  /// - Precondition: every set of references has as many lines as there are hypotheses.
  public func sentenceScores(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> [Score] {
    sentenceScores(hypotheses: hypotheses, references: SegmentReferences(sets: references))
  }

  /// A separate score for each segment, which may have different numbers of references.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more references of each segment.
  /// - Returns: one score per segment.
  /// - Precondition: hypotheses and references have the same number of segments.
  public func sentenceScores(hypotheses: [[UInt8]], references: SegmentReferences) -> [Score] {
    let metric = forSentences
    let statistics = metric.checkedStatistics(hypotheses, references)
    return (0..<statistics.count).map {
      metric.score(
        sums: Array(statistics[segment: $0]), referenceCount: references.segments[$0].count)
    }
  }

  private func checkedStatistics(_ hypotheses: [[UInt8]], _ references: SegmentReferences)
    -> SegmentStatistics
  {
    precondition(
      references.segments.count == hypotheses.count,
      "\(name): \(hypotheses.count) hypotheses, references of \(references.segments.count) segments")
    return statistics(hypotheses: hypotheses, references: references)
  }
}
