internal import Autodiff
internal import Layers
internal import Tensors

/// Embeddings, positions and a stack of decoder layers.
struct TransformerDecoder: Sendable {
  let embeddings: Embeddings
  let layers: [TransformerDecoderLayer]
  /// The final norm of a pre-norm stack.
  let finalNorm: LayerNorm?

  init(_ configuration: ModelConfiguration, table: Parameter, in builder: inout ParameterBuilder) {
    let positions = Positions(configuration, in: &builder)
    let options = configuration.decoderOptions(positions.attention)
    embeddings = Embeddings(configuration, table: table, positions: positions.added, options, in: &builder)
    layers = (0..<configuration.decoderLayers).map { index in
      builder.scope("layers.\(index)") { TransformerDecoderLayer(options.atDepth(index + 1), in: &$0) }
    }
    finalNorm = options.finalNorm(in: &builder)
  }

  /// Teacher forcing: every position reads itself and those before it.
  ///
  /// - Parameters:
  ///   - tokens: the decoder's input, see ``PackedTokens/decoderInput(_:beginning:)``.
  ///   - encoded: the encoder's output.
  ///   - sources: for each sentence of `tokens` the rows of `encoded` that it reads.
  ///   - regularization: acts only on training tapes.
  ///   - guide: what one layer's attention over the source should read.
  ///   - tape: records the operations.
  /// - Returns: the output, shape `[target rows, size]`, and the guide's loss, 0 if that layer was dropped.
  func callAsFunction(
    _ tokens: PackedTokens, over encoded: Tensor, sources: [Range<Int>],
    regularization: Regularization = Regularization(), guide: AttentionGuide? = nil, on tape: Tape
  ) -> (hidden: Tensor, guideLoss: Double) {
    let guidedLayer = guide == nil ? nil : regularization.guidedAlignment?.layerIndex(of: layers.count)
    let spans = tokens.spans
    let crossSpans = zip(tokens.sentences, sources).map { AttentionSpan(queries: $0, keys: $1) }
    let embedded = embeddings(
      tokens.ids, positions: tokens.positions, wordDropout: regularization.wordDropout, on: tape)
    let kept = tape.layerDrop(Array(layers.enumerated()), rate: regularization.layerDrop)
    var (x, guideLoss) = (embedded, 0.0)
    for (index, layer) in kept {
      let result = layer(
        x, over: encoded, spans: spans, crossSpans: crossSpans, guide: index == guidedLayer ? guide : nil,
        on: tape)
      x = result.output
      guideLoss += result.guideLoss
    }
    return (finalNorm.map { $0(x, on: tape) } ?? x, guideLoss)
  }
}
