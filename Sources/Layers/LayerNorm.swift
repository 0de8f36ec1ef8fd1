public import Autodiff
public import Tensors

/// Layer normalization: scales every row to mean 0 and variance 1, then applies a learned scale and, usually, an
/// offset.
///
/// Source: Ba et al. 2016, "Layer Normalization".
public struct LayerNorm: Sendable {
  let gamma: Parameter
  let beta: Parameter?
  let epsilon: Float

  /// What is added to the variance in PyTorch, Hugging Face and CTranslate2.
  public static let defaultEpsilon: Float = 1e-5

  /// Declares `weight` (the scale) and, if `usesBias`, `bias` (the offset).
  ///
  /// - Parameters:
  ///   - size: columns of the rows.
  ///   - usesBias: whether there is an offset.
  ///   - epsilon: added to the variance.
  ///   - builder: declares the parameters.
  public init(
    _ size: Int, usesBias: Bool = true, epsilon: Float = LayerNorm.defaultEpsilon,
    in builder: inout ParameterBuilder
  ) {
    self.epsilon = epsilon
    gamma = builder.vector("weight", size, .constant(1))
    beta = usesBias ? builder.vector("bias", size, .constant(0)) : nil
  }

  /// Normalizes every row.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - tape: records the operations.
  /// - Returns: the same shape.
  public func callAsFunction(_ x: Tensor, on tape: Tape) -> Tensor {
    tape.addAndNormalize(nil, to: x, gamma: gamma, beta: beta, epsilon: epsilon)
  }

  /// `LayerNorm(residual + dropout(x))` in one pass.
  func callAsFunction(_ x: Tensor, addedTo residual: Tensor, dropoutRate: Float, on tape: Tape) -> Tensor {
    tape.addAndNormalize(
      x, to: residual, gamma: gamma, beta: beta, epsilon: epsilon, dropoutRate: dropoutRate)
  }
}
