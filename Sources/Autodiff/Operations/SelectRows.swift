private import CKernels
public import Tensors

extension Tape {
  /// Rows of one or more tensors, in any order, possibly repeated: `y[i] = x[rows[i]]`, where `x` is all tensors
  /// stacked.
  ///
  /// With one tensor it picks the rows that a loss reads; with two it mixes them row by row, as glancing training
  /// requires for its two kinds of decoder input.
  ///
  /// - Parameters:
  ///   - rows: row numbers, counted through all tensors.
  ///   - tensors: one or more, all with the same number of columns.
  /// - Returns: shape `[rows.count, columns]`.
  /// - Precondition: every row exists.
  public func selectRows(_ rows: [Int], of tensors: [Tensor]) -> Tensor {
    let columns = tensors.first?.shape.columns ?? 0
    let places = RowPlaces(tensors)
    precondition(
      tensors.allSatisfy { $0.shape.columns == columns } && rows.allSatisfy { 0..<places.count ~= $0 },
      "selectRows: shapes \(tensors.map(\.shape)), rows up to \(rows.max() ?? 0)")
    let operation = begin("select rows")
    let y = makeTensor([rows.count, columns])
    for (index, row) in rows.enumerated() {
      let (tensor, offset) = places[row]
      (y.values + index * columns).update(from: tensors[tensor].values + offset * columns, count: columns)
    }
    record(operation) {
      guard let dy = y.gradient else { return }
      for (index, row) in rows.enumerated() {
        let (tensor, offset) = places[row]
        guard let dx = tensors[tensor].gradient else { continue }
        vector_add(dx + offset * columns, dy + index * columns, columns)
      }
    }
    return y
  }
}

/// Finds the rows of several tensors by their numbers, counted through all of them.
private struct RowPlaces {
  /// The number of the first row of each tensor, then the number of all rows.
  private let starts: [Int]

  init(_ tensors: [Tensor]) {
    starts = tensors.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.shape.rows) }
  }

  var count: Int { starts.last ?? 0 }

  subscript(row: Int) -> (tensor: Int, offset: Int) {
    var tensor = 0
    while row >= starts[tensor + 1] { tensor += 1 }
    return (tensor, row - starts[tensor])
  }
}
