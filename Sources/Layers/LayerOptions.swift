public import Autodiff
public import Tensors

/// What all layers of one stack have in common.
public struct LayerOptions: Sendable {
  /// Model size, columns of every layer's input and output.
  public var size: Int
  /// Columns inside the feed-forward network.
  public var innerSize: Int
  /// Attention heads; divides ``size``.
  public var heads: Int
  /// The feed-forward network's non-linearity.
  public var activation: Activation
  /// Before or behind the residual sum.
  public var normPlacement: NormPlacement
  /// For each sublayer's output, `0 ..< 1`.
  public var dropout: Float
  /// For attention weights, `0 ..< 1`.
  public var attentionDropout: Float
  /// For what the activation gives, `0 ..< 1`.
  public var activationDropout: Float

  /// The options given.
  public init(
    size: Int, innerSize: Int, heads: Int, activation: Activation, normPlacement: NormPlacement,
    dropout: Float,
    attentionDropout: Float, activationDropout: Float
  ) {
    (self.size, self.innerSize, self.heads) = (size, innerSize, heads)
    (self.activation, self.normPlacement) = (activation, normPlacement)
    (self.dropout, self.attentionDropout, self.activationDropout) = (
      dropout, attentionDropout, activationDropout
    )
  }

  /// The norm that a pre-norm stack ends in; nil where every layer ends in one already.
  ///
  /// - Parameter builder: where its parameters are declared.
  /// - Returns: the norm, declared as `layer_norm`.
  public func finalNorm(in builder: inout ParameterBuilder) -> LayerNorm? {
    normPlacement == .pre ? builder.scope("layer_norm") { LayerNorm(size, in: &$0) } : nil
  }

  func residual(_ norm: String, in builder: inout ParameterBuilder) -> ResidualConnection {
    ResidualConnection(norm: norm, size: size, placement: normPlacement, dropoutRate: dropout, in: &builder)
  }

  func feedForward(in builder: inout ParameterBuilder) -> FeedForward {
    FeedForward(
      size: size, innerSize: innerSize, activation: activation, dropoutRate: activationDropout, in: &builder)
  }
}
