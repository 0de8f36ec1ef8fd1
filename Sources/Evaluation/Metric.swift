import Machine

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

  /// The number of ``score(sums:referenceCount:)`` alone, for the many trials of a ``SignificanceTest``.
  func value(sums: [Double]) -> Double

  /// The number with the formula computed in single precision, as sacreBLEU computes it for samples.
  func singlePrecisionValue(sums: [Double]) -> Double
}

extension Metric {
  /// The value of the score.
  public func value(sums: [Double]) -> Double { score(sums: sums, referenceCount: 1).value }
  /// The value in double precision.
  public func singlePrecisionValue(sums: [Double]) -> Double { value(sums: sums) }
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

  /// The counts of several parts of a text, one after the other.
  init(_ parts: [SegmentStatistics]) {
    width = parts[0].width
    values.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    for part in parts { values += part.values }
  }

  subscript(segment index: Int) -> ArraySlice<Double> { values[index * width..<(index + 1) * width] }

  /// The sums over some segments, shape `[width]`.
  ///
  /// - Parameter segments: their indices.
  /// - Returns: a sum for each count.
  func sums(of segments: some Sequence<Int>) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for index in segments {
      for column in 0..<width { sums[column] += values[index * width + column] }
    }
    return sums
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

  /// The counts for every segment, made by several threads.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: one or more references of each segment.
  ///   - threads: the largest number of threads; the counts do not depend on it.
  /// - Returns: one row of counts per segment.
  /// - Precondition: hypotheses and references have the same number of segments.
  public func statistics(hypotheses: [[UInt8]], references: SegmentReferences, threads: Int)
    -> SegmentStatistics
  {
    // Enough parts for every thread, large enough that words are counted more often than they are seen first.
    let size = max(64, min(1024, hypotheses.count / (4 * threads)))
    guard threads > 1, hypotheses.count > size, hypotheses.count == references.segments.count else {
      return checkedStatistics(hypotheses, references)
    }
    return SegmentStatistics(
      concurrentMap((hypotheses.count + size - 1) / size, threads: threads) { part in
        let range = part * size..<min(hypotheses.count, (part + 1) * size)
        return statistics(hypotheses: Array(hypotheses[range]), references: references[range])
      })
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
  ///   - threads: the largest number of threads.
  /// - Returns: one score per segment.
  /// - Precondition: hypotheses and references have the same number of segments.
  public func sentenceScores(hypotheses: [[UInt8]], references: SegmentReferences, threads: Int = 1)
    -> [Score]
  {
    let metric = forSentences
    let statistics = metric.statistics(hypotheses: hypotheses, references: references, threads: threads)
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
