public import Tensors

/// A matrix in double precision, for references that are slow and obvious.
public struct Grid: Equatable {
  /// Its extents.
  public let shape: Shape
  /// Its elements, row by row.
  public var elements: [Double]

  /// A matrix of zeros.
  public init(_ rows: Int, _ columns: Int) {
    shape = Shape(rows: rows, columns: columns)
    elements = [Double](repeating: 0, count: rows * columns)
  }

  /// A matrix of the given elements.
  public init(_ shape: Shape, _ elements: [Float]) {
    precondition(shape.count == elements.count, "Grid: \(elements.count) elements for \(shape)")
    self.shape = shape
    self.elements = elements.map(Double.init)
  }

  /// A matrix whose elements a function gives.
  public init(_ rows: Int, _ columns: Int, _ element: (Int, Int) -> Double) {
    self.init(rows, columns)
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = element(row, column) }
    }
  }

  /// One element.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * shape.columns + column] }
    set { elements[row * shape.columns + column] = newValue }
  }

  /// Extent of the first axis.
  public var rows: Int { shape.rows }
  /// Extent of the last axis.
  public var columns: Int { shape.columns }
  /// The elements as the engine has them.
  public var floats: [Float] { elements.map { Float($0) } }

  /// Each element through a function.
  public func map(_ function: (Double) -> Double) -> Grid {
    var result = self
    result.elements = elements.map(function)
    return result
  }

  /// The columns `range`.
  public func columns(_ range: Range<Int>) -> Grid {
    Grid(rows, range.count) { self[$0, range.lowerBound + $1] }
  }

  /// The rows `range`.
  public func rows(_ range: Range<Int>) -> Grid {
    Grid(range.count, columns) { self[range.lowerBound + $0, $1] }
  }
}
