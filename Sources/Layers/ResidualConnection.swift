public import Autodiff
public import Tensors

/// Where a layer's norms are.
public enum NormPlacement: String, Sendable, Codable, CaseIterable {
  /// After the residual sum, as in the paper: `LayerNorm(x + Sublayer(x))`.
  case post
  /// Before the sublayer: `x + Sublayer(LayerNorm(x))`; the stack then ends in a final norm.
  case pre
}

/// The residual connection, dropout and norm around a sublayer.
///
/// Source: Vaswani et al. 2017, section 3.1 (post); Xiong et al. 2020 (pre).
public struct ResidualConnection: Sendable {
  let norm: LayerNorm
  let placement: NormPlacement
  let dropoutRate: Float

  /// Declares the norm in a scope of the given name.
  ///
  /// - Parameters:
  ///   - name: the scope.
  ///   - size: columns of the input and of the output.
  ///   - placement: before or after the residual sum.
  ///   - dropoutRate: for the sublayer's output.
  ///   - usesBias: whether the norm adds an offset.
  ///   - epsilon: what the norm adds to the variance.
  ///   - builder: declares the parameters.
  public init(
    norm name: String, size: Int, placement: NormPlacement, dropoutRate: Float, usesBias: Bool = true,
    epsilon: Float = LayerNorm.defaultEpsilon, in builder: inout ParameterBuilder
  ) {
    norm = builder.scope(name) { LayerNorm(size, usesBias: usesBias, epsilon: epsilon, in: &$0) }
    self.placement = placement
    self.dropoutRate = dropoutRate
  }

  /// Runs a sublayer inside the connection.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - tape: records the operations.
  ///   - sublayer: keeps the shape; reads the normalized `x` with ``NormPlacement/pre``, else `x`.
  /// - Returns: the same shape.
  public func callAsFunction(_ x: Tensor, on tape: Tape, _ sublayer: (Tensor) -> Tensor) -> Tensor {
    switch placement {
    case .post: norm(sublayer(x), addedTo: x, dropoutRate: dropoutRate, on: tape)
    case .pre: tape.add(sublayer(norm(x, on: tape)), to: x, dropoutRate: dropoutRate)
    }
  }
}
