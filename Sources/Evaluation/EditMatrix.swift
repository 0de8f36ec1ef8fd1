/// Edit distances between all prefixes of a hypothesis and of a reference, near the diagonal.
///
/// It takes 5 bytes for each cell of the band, 250 for each word of a hypothesis that is about as long as its
/// reference.
struct EditMatrix {
  typealias Operation = EditRow.Operation

  let reference: [Int32]
  private(set) var hypothesis: [Int32]
  private let band: EditBand
  /// The costs of all rows but the first, each in ``EditBand/width`` cells.
  private var costs: [Int32]
  private var operations: [Operation]

  /// The matrix of two texts.
  init(_ hypothesis: [Int32], reference: [Int32]) {
    (self.hypothesis, self.reference) = (hypothesis, reference)
    band = EditBand(hypothesisLength: hypothesis.count, referenceLength: reference.count)
    costs = Array(repeating: EditRow.infinity, count: hypothesis.count * band.width)
    operations = Array(repeating: .keep, count: costs.count)
    var row = EditRow(firstOf: band)
    for word in hypothesis {
      row.advance(by: word, reference: reference, in: band)
      store(row)
    }
  }

  /// The number of edits between hypothesis and reference.
  var distance: Int {
    hypothesis.isEmpty ? reference.count : Int(costs(of: hypothesis.count).last ?? 0)
  }

  /// The edit distance of a hypothesis of the same length that differs only in some words.
  ///
  /// - Parameters:
  ///   - other: the other hypothesis.
  ///   - changed: the positions outside which words are the same.
  /// - Returns: the number of edits.
  /// - Complexity: usually, a few times the number of changed words.
  func distance(of other: [Int32], changed: Range<Int>) -> Int {
    var result = 0
    forEachNewRow(of: other, changed: changed) { row, difference in
      if let difference {
        result = distance + Int(difference)
      } else if row.number == other.count {
        result = Int(row.costs.last ?? 0)
      }
    }
    return result
  }

  /// Replaces the hypothesis by one of the same length that differs only in some words.
  mutating func replaceHypothesis(_ other: [Int32], changed: Range<Int>) {
    var rows: [EditRow] = []
    var end: (row: Int, difference: Int32)?
    forEachNewRow(of: other, changed: changed) { row, difference in
      if let difference { end = (row.number, difference) } else { rows.append(row) }
    }
    for row in rows { store(row) }
    if let end, end.difference != 0 {
      for cell in (end.row - 1) * band.width..<costs.count where costs[cell] < EditRow.infinity {
        costs[cell] += end.difference
      }
    }
    hypothesis = other
  }

  /// Computes the rows of another hypothesis from the first changed word, until all following rows differ from those of
  /// this matrix by the same number.
  ///
  /// - Parameters:
  ///   - other: a hypothesis of the same length.
  ///   - changed: the positions outside which words are the same.
  ///   - visit: receives each new row, and the difference once it is the same for all following rows.
  private func forEachNewRow(
    of other: [Int32], changed: Range<Int>, _ visit: (_ row: EditRow, _ difference: Int32?) -> Void
  ) {
    var row =
      changed.lowerBound == 0
      ? EditRow(firstOf: band)
      : EditRow(changed.lowerBound, in: band, costs: costs(of: changed.lowerBound))
    for position in changed.lowerBound..<other.count {
      row.advance(by: other[position], reference: reference, in: band)
      let difference =
        row.number >= changed.upperBound ? row.difference(from: costs(of: row.number)) : nil
      visit(row, difference)
      if difference != nil { return }
    }
  }

  private func costs(of row: Int) -> ArraySlice<Int32> {
    let start = (row - 1) * band.width
    return costs[start..<start + band.columns(of: row).count]
  }

  private mutating func store(_ row: EditRow) {
    let start = (row.number - 1) * band.width
    for (offset, cost) in row.costs.enumerated() { costs[start + offset] = cost }
    for (offset, operation) in row.operations.enumerated() { operations[start + offset] = operation }
  }

  /// The operations of a cheapest path, from the first words to the last.
  var path: [Operation] {
    var path: [Operation] = []
    path.reserveCapacity(hypothesis.count + reference.count)
    var (row, column) = (hypothesis.count, reference.count)
    while row > 0 || column > 0 {
      let operation = operation(row, column)
      path.append(operation)
      if operation != .insert { row -= 1 }
      if operation != .delete { column -= 1 }
    }
    return path.reversed()
  }

  private func operation(_ row: Int, _ column: Int) -> Operation {
    if row == 0 { return .insert }
    return operations[(row - 1) * band.width + column - band.columns(of: row).lowerBound]
  }
}
