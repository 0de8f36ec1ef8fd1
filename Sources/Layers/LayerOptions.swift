public import Autodiff
public import Tensors

/// The options that all layers of a stack share.
public struct LayerOptions: Sendable {
  /// Model size, columns of every layer's input and output.
  public var size: Int
  /// Columns inside the feed-forward network.
  public var innerSize: Int
  /// Attention heads; divides ``size``.
  public var heads: Int
  /// The feed-forward network's non-linearity.
  public var activation: FeedForwardActivation
  /// Before or after the residual sum.
  public var normPlacement: NormPlacement
  /// What norms add to the variance.
  public var normEpsilon = LayerNorm.defaultEpsilon
  /// Whether the stack ends in a norm; nil: if norms come before sublayers.
  public var endsInNorm: Bool?
  /// How a decoder layer reads the tokens before it.
  public var decoderCell = DecoderCell.selfAttention
  /// The form of ``DecoderCell/averageAttention``.
  public var averageAttention = AverageAttentionOptions()
  /// For each sublayer's output, `0 ..< 1`.
  public var dropout: Float
  /// For attention weights, `0 ..< 1`.
  public var attentionDropout: Float
  /// For the result of the activation, `0 ..< 1`.
  public var activationDropout: Float
  /// How self-attention accounts for positions.
  public var positions: AttentionPositions
  /// Whether maps and norms add biases, and how maps are initialized.
  public var linear: LinearOptions

  /// The options given.
  public init(
    size: Int, innerSize: Int, heads: Int, activation: FeedForwardActivation, normPlacement: NormPlacement,
    dropout: Float, attentionDropout: Float, activationDropout: Float, positions: AttentionPositions = .none,
    linear: LinearOptions = LinearOptions()
  ) {
    (self.size, self.innerSize, self.heads) = (size, innerSize, heads)
    (self.activation, self.normPlacement) = (activation, normPlacement)
    (self.dropout, self.attentionDropout, self.activationDropout) = (
      dropout, attentionDropout, activationDropout
    )
    (self.positions, self.linear) = (positions, linear)
  }

  /// The options of a layer at a given depth of the stack.
  ///
  /// - Parameter depth: from 1.
  /// - Returns: options that differ only in ``LinearOptions/depth``.
  public func atDepth(_ depth: Int) -> LayerOptions {
    var result = self
    result.linear.depth = depth
    return result
  }

  /// The norm at the end of a stack; nil if it has none, since every layer already ends in one.
  ///
  /// - Parameter builder: declares its parameters.
  /// - Returns: the norm, declared as `layer_norm`.
  public func finalNorm(in builder: inout ParameterBuilder) -> LayerNorm? {
    guard endsInNorm ?? (normPlacement == .pre) else { return nil }
    return builder.scope("layer_norm") { norm(in: &$0) }
  }

  /// A norm of rows of ``size``, declared in the builder's scope.
  public func norm(in builder: inout ParameterBuilder) -> LayerNorm {
    LayerNorm(size, usesBias: linear.usesBias, epsilon: normEpsilon, in: &builder)
  }

  func residual(_ norm: String, in builder: inout ParameterBuilder) -> ResidualConnection {
    ResidualConnection(
      norm: norm, size: size, placement: normPlacement, dropoutRate: dropout, usesBias: linear.usesBias,
      epsilon: normEpsilon, in: &builder)
  }

  func selfAttention(in builder: inout ParameterBuilder) -> SelfAttention {
    builder.scope("self_attn") {
      SelfAttention(
        size: size, heads: heads, dropoutRate: attentionDropout, positions: positions, linear: linear, in: &$0
      )
    }
  }

  func crossAttention(in builder: inout ParameterBuilder) -> CrossAttention {
    builder.scope("encoder_attn") {
      CrossAttention(size: size, heads: heads, dropoutRate: attentionDropout, linear: linear, in: &$0)
    }
  }

  func feedForward(in builder: inout ParameterBuilder) -> FeedForward {
    FeedForward(
      size: size, innerSize: innerSize, activation: activation, dropoutRate: activationDropout,
      linear: linear, in: &builder)
  }
}
