internal import Autodiff
internal import Layers
internal import Tensors

/// Embeddings, positions and a stack of decoder layers.
struct TransformerDecoder: Sendable {
  let embeddings: Embeddings
  let layers: [TransformerDecoderLayer]
  /// Pre-norm stacks end in a norm of their own.
  let finalNorm: LayerNorm?

  init(_ configuration: ModelConfiguration, table: Parameter, in builder: inout ParameterBuilder) {
    let positions = Positions(configuration, in: &builder)
    embeddings = Embeddings(configuration, table: table, positions: positions.added)
    let options = configuration.layerOptions(positions.attention)
    layers = (0..<configuration.decoderLayers).map { index in
      builder.scope("layers.\(index)") { TransformerDecoderLayer(options.atDepth(index + 1), in: &$0) }
    }
    finalNorm = options.finalNorm(in: &builder)
  }

  /// Teacher forcing: all positions at once, each reading those before it.
  ///
  /// - Parameters:
  ///   - tokens: the decoder's input, see ``PackedTokens/decoderInput(_:)``.
  ///   - encoded: the encoder's output.
  ///   - sources: for each sentence of `tokens` the rows of `encoded` that it reads.
  ///   - regularization: what acts on training tapes alone.
  ///   - guide: what one layer's attention over the source should look at.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[target rows, size]`.
  func callAsFunction(
    _ tokens: PackedTokens, over encoded: Tensor, sources: [Range<Int>],
    regularization: Regularization = Regularization(), guide: AttentionGuide? = nil, on tape: Tape
  ) -> Tensor {
    let guidedLayer = guide == nil ? nil : regularization.guidedAlignment?.layerIndex(of: layers.count)
    let spans = tokens.spans
    let crossSpans = zip(tokens.sentences, sources).map { AttentionSpan(queries: $0, keys: $1) }
    let embedded = embeddings(
      tokens.ids, positions: tokens.positions, wordDropout: regularization.wordDropout, on: tape)
    let kept = tape.layerDrop(Array(layers.enumerated()), rate: regularization.layerDrop)
    let x = kept.reduce(embedded) { x, item in
      item.element(
        x, over: encoded, spans: spans, crossSpans: crossSpans,
        guide: item.offset == guidedLayer ? guide : nil, on: tape)
    }
    return finalNorm.map { $0(x, on: tape) } ?? x
  }
}
