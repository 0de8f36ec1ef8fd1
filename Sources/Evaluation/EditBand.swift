/// The shape of the part of an edit matrix that is computed: cells near the diagonal.
///
/// Rows are prefixes of the hypothesis, columns are prefixes of the reference. Cells outside the band count as
/// infinitely expensive, so that the cost and memory of a row are the width of the beam, not the length of the
/// reference.
struct EditBand {
  /// The number of cells on either side of the diagonal; Tercom's limit.
  private static let beamWidth = 25

  let rows: Int
  let columns: Int
  /// Reference words per hypothesis word.
  private let slope: Double
  private let beam: Int

  init(hypothesisLength: Int, referenceLength: Int) {
    (rows, columns) = (hypothesisLength + 1, referenceLength + 1)
    slope = hypothesisLength > 0 ? Double(referenceLength) / Double(hypothesisLength) : 1
    // Otherwise, rows would not overlap if lengths differ a lot.
    let width = Double(Self.beamWidth)
    beam = width < slope / 2 ? Int((slope / 2 + width).rounded(.up)) : Self.beamWidth
  }

  /// The most cells of any row but the first.
  var width: Int { min(columns, 2 * beam) }

  /// The columns of a row that are computed; all columns of the first row.
  func columns(of row: Int) -> Range<Int> {
    if row == 0 { return 0..<columns }
    let diagonal = Int((Double(row) * slope).rounded(.down))
    let end = row == rows - 1 ? columns : min(columns, diagonal + beam)
    return min(max(0, diagonal - beam), end)..<end
  }
}

/// The cells of one row of an edit matrix that are in the band.
struct EditRow {
  enum Operation: UInt8 {
    case keep, substitute, insert, delete
  }

  /// The cost of what is outside the band.
  static let infinity = Int32.max / 2

  /// The number of the row: that of the hypothesis words before it.
  private(set) var number = 0
  /// The columns of the cells.
  private(set) var columns: Range<Int>
  /// The fewest edits, one number for each column.
  private(set) var costs: [Int32]
  /// The last edit of a cheapest sequence of edits.
  ///
  /// Of equal ones: keep or substitute, then delete, then insert. Shifts depend on this order.
  private(set) var operations: [Operation]

  /// The first row: every reference word is inserted.
  init(firstOf band: EditBand) {
    columns = band.columns(of: 0)
    costs = columns.map { Int32($0) }
    operations = Array(repeating: .insert, count: columns.count)
  }

  /// A row whose cells are known.
  init(_ number: Int, in band: EditBand, costs: ArraySlice<Int32>) {
    (self.number, columns) = (number, band.columns(of: number))
    (self.costs, operations) = (Array(costs), Array(repeating: .keep, count: costs.count))
  }

  /// Replaces the row by the next one, that of a hypothesis with one more word.
  mutating func advance(by word: Int32, reference: [Int32], in band: EditBand) {
    let (above, aboveCosts) = (columns, costs)
    number += 1
    columns = band.columns(of: number)
    costs.removeAll(keepingCapacity: true)
    operations.removeAll(keepingCapacity: true)
    func cost(above column: Int) -> Int32 {
      above.contains(column) ? aboveCosts[column - above.lowerBound] : Self.infinity
    }
    var (left, diagonal) = (Self.infinity, cost(above: columns.lowerBound - 1))
    for column in columns {
      let up = cost(above: column)
      var (best, operation) = (up + 1, Operation.delete)
      if column > 0 {
        let matches = word == reference[column - 1]
        (best, operation) = (diagonal + (matches ? 0 : 1), matches ? .keep : .substitute)
        if up + 1 < best { (best, operation) = (up + 1, .delete) }
        if left + 1 < best { (best, operation) = (left + 1, .insert) }
        best = min(best, Self.infinity)
      }
      costs.append(best)
      operations.append(operation)
      (left, diagonal) = (best, up)
    }
  }

  /// The difference from another row's costs if it is the same in every column; otherwise nil.
  ///
  /// Rows that follow two such rows, by the same words, have the same difference and the same operations.
  func difference(from other: ArraySlice<Int32>) -> Int32? {
    guard let first = costs.first, let otherFirst = other.first else { return nil }
    let difference = first - otherFirst
    for (cost, otherCost) in zip(costs, other) where cost - otherCost != difference { return nil }
    return difference
  }
}
