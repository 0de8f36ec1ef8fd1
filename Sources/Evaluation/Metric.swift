/// A measure of how near translations are to reference translations.
///
/// A metric counts something in each segment and makes its score of the sums over all segments. The counts
/// are kept by segment, so that significance tests can sum other choices of segments without counting again.
public protocol Metric: Sendable {
  /// The name with the variant: "BLEU", "chrF2++", "TER".
  var name: String { get }
  /// Whether a larger score is a better one.
  var isBetterHigher: Bool { get }
  /// The metric as it is used on single sentences.
  var forSentences: Self { get }

  /// Counts in every segment.
  ///
  /// - Parameters:
  ///   - hypotheses: a translation a segment, UTF-8.
  ///   - references: one or more sets of references, each with a line a segment.
  /// - Returns: a row of counts a segment.
  func statistics(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> SegmentStatistics

  /// The score that sums of counts make.
  func score(sums: [Double], referenceCount: Int) -> Score
}

/// Counts of a metric, a row a segment.
public struct SegmentStatistics: Sendable, Equatable {
  /// Rows one after the other, shape `[count, width]`.
  var values: [Double] = []
  /// Counts of a segment.
  let width: Int

  /// Segments.
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
  /// The score of a corpus.
  ///
  /// - Parameters:
  ///   - hypotheses: a translation a segment, UTF-8.
  ///   - references: one or more sets of references, each with a line a segment.
  /// - Returns: the score of all segments together, 0 for none.
  /// - Precondition: every set of references has as many lines as there are hypotheses.
  public func score(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> Score {
    checkCounts(hypotheses, references)
    return score(
      sums: statistics(hypotheses: hypotheses, references: references).sums, referenceCount: references.count)
  }

  /// The score of all segments that were counted.
  public func score(of statistics: SegmentStatistics, referenceCount: Int) -> Score {
    score(sums: statistics.sums, referenceCount: referenceCount)
  }

  /// The score of a corpus of strings; see ``score(hypotheses:references:)-([[UInt8]],_)``.
  public func score(hypotheses: [String], references: [[String]]) -> Score {
    score(
      hypotheses: hypotheses.map { Array($0.utf8) }, references: references.map { $0.map { Array($0.utf8) } })
  }

  /// A score for each segment by itself.
  ///
  /// - Parameters:
  ///   - hypotheses: a translation a segment, UTF-8.
  ///   - references: one or more sets of references, each with a line a segment.
  /// - Returns: as many scores as hypotheses.
  /// - Precondition: every set of references has as many lines as there are hypotheses.
  public func sentenceScores(hypotheses: [[UInt8]], references: [[[UInt8]]]) -> [Score] {
    checkCounts(hypotheses, references)
    let metric = forSentences
    let statistics = metric.statistics(hypotheses: hypotheses, references: references)
    return (0..<statistics.count).map {
      metric.score(sums: Array(statistics[segment: $0]), referenceCount: references.count)
    }
  }

  private func checkCounts(_ hypotheses: [[UInt8]], _ references: [[[UInt8]]]) {
    precondition(
      !references.isEmpty && references.allSatisfy { $0.count == hypotheses.count },
      "\(name): \(hypotheses.count) hypotheses, references \(references.map(\.count))")
  }
}
