public import Tensors

/// What is added to a token's embedding for its position: a row of a table.
public enum PositionTable: Sendable {
  /// Nothing is added.
  case none
  /// Constants, row by row.
  case constant([Float])
  /// Sines and cosines, see ``sinusoidal(_:size:halves:reachesLongest:)``.
  case sines(SinusoidalRows)
  /// A parameter, shape `[positions, size]`.
  case learned(Parameter)

  /// The table, if it is a parameter.
  var parameter: Parameter? {
    guard case .learned(let table) = self else { return nil }
    return table
  }

  /// The number of positions in a table of `size` columns.
  func count(size: Int) -> Int {
    switch self {
    case .none: .max
    case .constant(let elements): elements.count / max(size, 1)
    case .sines(let rows): rows.count
    case .learned(let table): table.shape.rows
    }
  }
}

extension PositionTable {
  /// The sinusoidal position encoding.
  ///
  /// `encoding[p][2i] = sin(p / 10000^(2i / size))`, with the cosine at `2i + 1`; with `halves`, all sines come
  /// first and all cosines after them.
  ///
  /// Source: Vaswani et al. 2017, section 3.5.
  ///
  /// - Parameters:
  ///   - positions: rows of the table.
  ///   - size: columns of the table, the model size.
  ///   - halves: whether sines and cosines are in separate halves instead of alternating.
  ///   - reachesLongest: whether the last of the n pairs has the longest wavelength, so that pair i turns by
  ///     `10000^(-i / (n - 1))` per position instead of `10000^(-i / n)`; as in tensor2tensor and Marian.
  /// - Returns: a table of `positions` rows, each computed when it is needed.
  public static func sinusoidal(
    _ positions: Int, size: Int, halves: Bool = false, reachesLongest: Bool = false
  ) -> PositionTable {
    .sines(SinusoidalRows(positions, size: size, halves: halves, reachesLongest: reachesLongest))
  }
}

/// `10000^(-2 · pair / size)` for each pair of columns: the angles of both sinusoidal and rotary positions per position.
///
/// - Parameters:
///   - size: the number of columns.
///   - reachesLongest: whether the last pair has `10000^(-1)`, and the others are spread evenly before it.
/// - Returns: an angle for each pair.
func positionFrequencies(size: Int, reachesLongest: Bool = false) -> [Double] {
  let intervals = reachesLongest ? Double(max(1, (size + 1) / 2 - 1)) : Double(size) / 2
  return (0..<(size + 1) / 2).map { exponential(-Double($0) / intervals * logarithm(10_000.0)) }
}
