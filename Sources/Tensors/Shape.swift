/// The extents of a matrix, or of a vector, which is a matrix of one row.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// Extent of the first axis; 1 for a vector.
  public let rows: Int
  /// Extent of the last axis.
  public let columns: Int

  /// The number of elements.
  public var count: Int { rows * columns }

  /// A matrix of the given extents.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "Shape: negative extent in [\(rows), \(columns)]")
    (self.rows, self.columns) = (rows, columns)
  }

  /// `[n]` is a vector, `[rows, columns]` a matrix.
  public init(arrayLiteral extents: Int...) {
    precondition((1...2).contains(extents.count), "Shape: \(extents.count) extents, expected 1 or 2")
    self.init(rows: extents.count == 2 ? extents[0] : 1, columns: extents[extents.count - 1])
  }

  /// The extents in brackets, as in `[4, 128]`.
  public var description: String { "[\(rows), \(columns)]" }
}
