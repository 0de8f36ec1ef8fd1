/// How a parameter's elements are drawn before training.
public enum Initializer: Sendable, Equatable {
  /// Every element the same.
  case constant(Float)
  /// The normal distribution around 0.
  case normal(deviation: Float)
  /// Uniform over ±`gain` · √(6 / (inputs + outputs)). Source: Glorot and Bengio 2010, equation 16.
  case glorotUniform(gain: Float = 1)

  /// Elements of a parameter of the given shape, row by row.
  public func elements(_ shape: Shape, from source: inout RandomSource) -> [Float] {
    switch self {
    case .constant(let value):
      return [Float](repeating: value, count: shape.count)
    case .normal(let deviation):
      return (0..<shape.count).map { _ in source.normal() * deviation }
    case .glorotUniform(let gain):
      let bound = gain * (6 / Float(shape.rows + shape.columns)).squareRoot()
      return (0..<shape.count).map { _ in (2 * source.uniform() - 1) * bound }
    }
  }
}
