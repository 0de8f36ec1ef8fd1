internal import Tokens

/// The labels that the rows of one sentence are to spell, in connectionist temporal classification.
///
/// Every row predicts a label or the blank. Rows spell what remains when equal neighbors have become one and
/// blanks are left out; so between two equal labels there must be a blank.
public struct CTCTarget: Sendable, Equatable {
  /// The sentence's rows.
  public var rows: Range<Int>
  /// Its labels in order, none of them the blank; may be empty.
  public var labels: [Int32]

  /// Labels for some rows.
  public init(rows: Range<Int>, labels: [Int32]) {
    self.rows = rows
    self.labels = labels
  }

  /// Whether there are enough rows to spell the labels.
  public var isFeasible: Bool { labels.fewestCTCRows <= rows.count }
}

/// Sentences whose logits are in memory at once: as many as a chunk of rows holds, or one that is longer.
struct CTCGroup {
  /// A sentence of the group.
  struct Sentence {
    /// Its place among the targets.
    let index: Int
    let rows: Range<Int>
    /// The blank, then the labels.
    let symbols: [Int32]
    /// Where its emissions begin among those of the group.
    let offset: Int
  }

  private(set) var sentences: [Sentence] = []
  private(set) var rows: Range<Int>
  /// Rows times symbols, summed over sentences.
  private(set) var emissionCount = 0

  /// The feasible sentences in groups of neighbors, in order.
  static func groups(_ targets: [CTCTarget], blank: Int32, chunk: Int) -> [CTCGroup] {
    var groups: [CTCGroup] = []
    for (index, target) in targets.enumerated() where target.isFeasible && !target.rows.isEmpty {
      let last = groups.indices.last
      if let last, groups[last].rows.upperBound == target.rows.lowerBound,
        groups[last].rows.count + target.rows.count <= chunk
      {
        groups[last].append(target, index: index, blank: blank)
      } else {
        var group = CTCGroup(rows: target.rows.lowerBound..<target.rows.lowerBound)
        group.append(target, index: index, blank: blank)
        groups.append(group)
      }
    }
    return groups
  }

  private init(rows: Range<Int>) { self.rows = rows }

  private mutating func append(_ target: CTCTarget, index: Int, blank: Int32) {
    let symbols = [blank] + target.labels
    sentences.append(Sentence(index: index, rows: target.rows, symbols: symbols, offset: emissionCount))
    rows = rows.lowerBound..<target.rows.upperBound
    emissionCount += target.rows.count * symbols.count
  }

  /// The group's rows in pieces of at most `chunk`: one, unless it is a sentence that is longer.
  func parts(of chunk: Int) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: chunk).map {
      $0..<min($0 + chunk, rows.upperBound)
    }
  }
}
