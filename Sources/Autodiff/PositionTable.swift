public import Tensors

/// What is added to a token's embedding for its place in the sentence: a row of a table.
public enum PositionTable: Sendable {
  /// Nothing is added.
  case none
  /// Constants row by row, such as `sinusoidalPositions` gives.
  case constant([Float])
  /// A parameter, shape `[positions, size]`.
  case learned(Parameter)

  /// The table where it is a parameter.
  var parameter: Parameter? {
    guard case .learned(let table) = self else { return nil }
    return table
  }

  /// Positions that it has rows of `size` columns for.
  func count(size: Int) -> Int {
    switch self {
    case .none: .max
    case .constant(let elements): elements.count / max(size, 1)
    case .learned(let table): table.shape.rows
    }
  }
}
