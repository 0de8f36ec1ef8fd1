extension Metric {
  /// The score of some of the segments, such as those of a certain length.
  ///
  /// - Parameters:
  ///   - statistics: the counts of all segments.
  ///   - segments: which of them belong to the score.
  ///   - referenceCount: the number of references of each segment; nil if segments differ in it.
  /// - Returns: the score.
  package func score(of statistics: SegmentStatistics, segments: [Int], referenceCount: Int?) -> Score {
    score(sums: statistics.sums(of: segments), referenceCount: referenceCount)
  }
}
