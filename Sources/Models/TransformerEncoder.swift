internal import Autodiff
internal import Layers
internal import Tensors

/// Embeddings, positions and a stack of encoder layers.
struct TransformerEncoder: Sendable {
  let embeddings: Embeddings
  let layers: [TransformerEncoderLayer]
  /// The final norm of a pre-norm stack.
  let finalNorm: LayerNorm?

  init(_ configuration: ModelConfiguration, table: Parameter, in builder: inout ParameterBuilder) {
    let positions = Positions(configuration, in: &builder)
    let options = configuration.layerOptions(positions.attention)
    embeddings = Embeddings(configuration, table: table, positions: positions.added, options, in: &builder)
    layers = (0..<configuration.encoderLayers).map { index in
      builder.scope("layers.\(index)") { TransformerEncoderLayer(options.atDepth(index + 1), in: &$0) }
    }
    finalNorm = options.finalNorm(in: &builder)
  }

  /// The sentences' representations, shape `[rows, size]`.
  func callAsFunction(
    _ tokens: PackedTokens, regularization: Regularization = Regularization(), on tape: Tape
  ) -> Tensor {
    let spans = tokens.spans
    let embedded = embeddings(
      tokens.ids, positions: tokens.positions, wordDropout: regularization.wordDropout,
      sparing: regularization.sparedSourceTokens, on: tape)
    let x = tape.layerDrop(layers, rate: regularization.layerDrop).reduce(embedded) { x, layer in
      layer(x, spans: spans, on: tape)
    }
    return finalNorm.map { $0(x, on: tape) } ?? x
  }
}
