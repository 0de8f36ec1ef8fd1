/// Edit distances between prefixes of a hypothesis and of a reference, near the diagonal.
///
/// Rows are hypothesis words, columns are reference words. Cells far from the diagonal are not computed and stay
/// infinite, so that the cost of a row is the width of the beam, not the length of the reference.
struct EditMatrix {
  enum Operation: UInt8 {
    case none, keep, substitute, insert, delete
  }

  /// The number of cells on either side of the diagonal; Tercom's limit.
  private static let beamWidth = 25
  private static let infinity = Int32.max / 2

  let reference: [Int32]
  let rows: Int
  private let columns: Int
  private var costs: [Int32]
  private var operations: [Operation]
  /// Reference words per hypothesis word.
  private let slope: Double
  private let beam: Int

  init(hypothesisLength: Int, reference: [Int32]) {
    self.reference = reference
    (rows, columns) = (hypothesisLength + 1, reference.count + 1)
    costs = Array(repeating: Self.infinity, count: rows * columns)
    operations = Array(repeating: .none, count: rows * columns)
    slope = hypothesisLength > 0 ? Double(reference.count) / Double(hypothesisLength) : 1
    // Otherwise, rows would not overlap if lengths differ a lot.
    let width = Double(Self.beamWidth)
    beam = width < slope / 2 ? Int((slope / 2 + width).rounded(.up)) : Self.beamWidth
    for column in 0..<columns {
      costs[column] = Int32(column)
      operations[column] = .insert
    }
  }

  /// The number of edits between hypothesis and reference, once all rows are filled.
  var distance: Int { Int(costs[costs.count - 1]) }

  /// Fills the rows after the first `known` words; earlier rows must be filled already.
  mutating func fill(_ hypothesis: [Int32], after known: Int = 0) {
    for row in stride(from: known + 1, to: rows, by: 1) {
      for column in window(of: row) { fill(row, column, hypothesis[row - 1]) }
    }
  }

  /// Copies a row from a matrix of the same shape.
  mutating func copyRow(_ row: Int, from other: EditMatrix) {
    for column in window(of: row) { costs[row * columns + column] = other.costs[row * columns + column] }
  }

  private func window(of row: Int) -> Range<Int> {
    if row == 0 { return 0..<columns }
    let diagonal = Int((Double(row) * slope).rounded(.down))
    let end = row == rows - 1 ? columns : min(columns, diagonal + beam)
    return min(max(0, diagonal - beam), end)..<end
  }

  private mutating func fill(_ row: Int, _ column: Int, _ word: Int32) {
    let cell = row * columns + column
    guard column > 0 else {
      (costs[cell], operations[cell]) = (costs[cell - columns] + 1, .delete)
      return
    }
    // Of equal costs, the first wins: keep or substitute, delete, insert. Shifts depend on this order.
    let matches = word == reference[column - 1]
    var cost = costs[cell - columns - 1] + (matches ? 0 : 1)
    var operation = matches ? Operation.keep : .substitute
    if costs[cell - columns] + 1 < cost { (cost, operation) = (costs[cell - columns] + 1, .delete) }
    if costs[cell - 1] + 1 < cost { (cost, operation) = (costs[cell - 1] + 1, .insert) }
    (costs[cell], operations[cell]) = (min(cost, Self.infinity), operation)
  }

  /// The operations of a cheapest path, from the first words to the last.
  var path: [Operation] {
    var path: [Operation] = []
    var (row, column) = (rows - 1, columns - 1)
    while row > 0 || column > 0 {
      let operation = operations[row * columns + column]
      path.append(operation)
      if operation != .insert { row -= 1 }
      if operation != .delete { column -= 1 }
    }
    return path.reversed()
  }
}
