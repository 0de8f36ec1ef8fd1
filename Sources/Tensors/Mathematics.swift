#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

// Foundation would bring these too, and a second ICU with them.

func logarithm(_ x: Float) -> Float { log(x) }
func cosine(_ x: Float) -> Float { cos(x) }
package func exponential(_ x: Double) -> Double { exp(x) }
/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }

/// The sinusoidal position encoding.
///
/// `encoding[p][2i] = sin(p / 10000^(2i / size))`, and the cosine beside it at `2i + 1`; with `halves`, all
/// sines come first and all cosines after them, as in Marian.
///
/// Source: Vaswani et al. 2017, section 3.5.
///
/// - Parameters:
///   - positions: rows of the table.
///   - size: columns; the model size.
///   - halves: whether sines and cosines stand in two halves instead of side by side.
/// - Returns: the table row by row, `positions * size` floats.
public func sinusoidalPositions(_ positions: Int, size: Int, halves: Bool = false) -> [Float] {
  var table = [Float](repeating: 0, count: positions * size)
  let pairs = (size + 1) / 2
  for position in 0..<positions {
    for pair in 0..<pairs {
      let angle = Double(position) * exp(-Double(2 * pair) / Double(size) * log(10_000.0))
      let sineColumn = halves ? pair : 2 * pair
      let cosineColumn = halves ? pairs + pair : 2 * pair + 1
      table[position * size + sineColumn] = Float(sin(angle))
      if cosineColumn < size { table[position * size + cosineColumn] = Float(cos(angle)) }
    }
  }
  return table
}

/// Cosines and sines of the angles by which rotary positions turn pairs of columns.
///
/// The angle of position p and pair i is `p · 10000^(-2i / headSize)`.
///
/// Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding", equation 15.
///
/// - Parameters:
///   - positions: rows of the tables.
///   - headSize: columns of an attention head, an even number; half as many columns have the tables.
/// - Returns: two tables row by row, `positions * headSize / 2` floats each.
public func rotaryAngles(_ positions: Int, headSize: Int) -> (cosines: [Float], sines: [Float]) {
  let pairs = headSize / 2
  let angles = (0..<positions * pairs).map { index in
    Double(index / pairs) * exp(-Double(2 * (index % pairs)) / Double(headSize) * log(10_000.0))
  }
  return (angles.map { Float(cos($0)) }, angles.map { Float(sin($0)) })
}
