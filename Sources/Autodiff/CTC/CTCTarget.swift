internal import Tokens

/// The labels that the rows of one sentence should spell, in connectionist temporal classification.
///
/// Every row predicts a label or the blank. Rows spell what remains after equal neighbors are merged and blanks are
/// removed, so there must be a blank between two equal labels.
public struct CTCTarget: Sendable, Equatable {
  /// The sentence's rows.
  public var rows: Range<Int>
  /// Its labels in order, without blanks; may be empty.
  public var labels: [Int32]

  /// The labels of some rows.
  public init(rows: Range<Int>, labels: [Int32]) {
    self.rows = rows
    self.labels = labels
  }

  /// Whether there are enough rows to spell the labels.
  public var isFeasible: Bool { labels.fewestCTCRows <= rows.count }
}
