/// Sentences whose logits are in memory together: as many as fit into a chunk of rows, or one that is longer.
struct CTCGroup {
  /// A sentence of the group.
  struct Sentence {
    /// Its index among the targets.
    let index: Int
    let rows: Range<Int>
    /// The blank, then the labels.
    let symbols: [Int32]
    /// Where its emissions start among those of the group.
    let offset: Int
  }

  private(set) var sentences: [Sentence] = []
  private(set) var rows: Range<Int>
  /// Rows times symbols, summed over sentences.
  private(set) var emissionCount = 0

  /// The feasible sentences, in groups of neighbors, in order.
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

  /// The group's rows in pieces of at most `chunk`: one piece, unless the group is a single longer sentence.
  func parts(of chunk: Int) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: chunk).map {
      $0..<min($0 + chunk, rows.upperBound)
    }
  }
}
