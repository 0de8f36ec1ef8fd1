internal import Autodiff
internal import Layers
internal import Tensors
internal import Tokens

/// A stack of decoder layers without a causal mask, which reads all positions of a translation in parallel.
///
/// The input at the positions depends on the method: see ``NonautoregressiveMethod``.
struct NonautoregressiveDecoder: Sendable {
  let configuration: NonautoregressiveConfiguration
  /// Embeddings of target tokens, with the decoder's positions.
  let embeddings: Embeddings
  /// Embeddings of source tokens, with the decoder's positions.
  let sourceEmbeddings: Embeddings
  let layers: [TransformerDecoderLayer]
  let finalNorm: LayerNorm?
  /// Exists if ``NonautoregressiveConfiguration/predictsLength``.
  let lengthPredictor: LengthPredictor?
  /// Maps an encoded token to its positions, side by side; with ``NonautoregressiveMethod/ctc``.
  let upsampling: Linear?

  /// Declares the decoder's parameters.
  ///
  /// - Parameters:
  ///   - model: the whole architecture.
  ///   - configuration: the decoder's part of it.
  ///   - source: the embeddings of source tokens.
  ///   - target: the embeddings of target tokens.
  ///   - builder: declares the parameters.
  init(
    _ model: ModelConfiguration, _ configuration: NonautoregressiveConfiguration, source: Parameter,
    target: Parameter, in builder: inout ParameterBuilder
  ) {
    self.configuration = configuration
    var model = model
    model.maxPositions = configuration.maxPositions(model.maxPositions)
    let positions = Positions(model, readsEqualTokens: configuration.readsEqualTokens, in: &builder)
    let options = model.layerOptions(positions.attention)
    embeddings = Embeddings(model, table: target, positions: positions.added, options, in: &builder)
    sourceEmbeddings = embeddings.with(table: source)
    layers = (0..<configuration.layers).map { index in
      builder.scope("layers.\(index)") { TransformerDecoderLayer(options.atDepth(index + 1), in: &$0) }
    }
    finalNorm = options.finalNorm(in: &builder)
    lengthPredictor =
      configuration.predictsLength
      ? LengthPredictor(size: model.size, limit: configuration.maxLengthDifference, in: &builder) : nil
    upsampling =
      configuration.method == .ctc
      ? builder.scope("upsampling") {
        Linear(model.size, configuration.upsampling * model.size, options.linear, in: &$0)
      } : nil
  }

  /// Applies the layers to all positions.
  ///
  /// - Parameters:
  ///   - x: the input at the positions, shape `[rows, size]`.
  ///   - drafts: the rows of each translation and the sentence it translates.
  ///   - encoded: the encoder's output for `source`.
  ///   - source: the encoder's input.
  ///   - layerDrop: the fraction of layers that are dropped, on a training tape.
  ///   - tape: records the operations.
  /// - Returns: shape `[rows, size]`.
  func callAsFunction(
    _ x: Tensor, _ drafts: [Draft], over encoded: Tensor, source: PackedTokens, layerDrop: Float = 0,
    on tape: Tape
  ) -> Tensor {
    let spans = drafts.map { AttentionSpan(queries: $0.rows, keys: $0.rows) }
    let crossSpans = drafts.map { AttentionSpan(queries: $0.rows, keys: source.sentences[$0.sentence]) }
    let hidden = tape.layerDrop(layers, rate: layerDrop).reduce(x) { x, layer in
      layer(x, over: encoded, spans: spans, crossSpans: crossSpans, causal: false, on: tape)
    }
    return finalNorm.map { $0(hidden, on: tape) } ?? hidden
  }
}

/// The rows of one translation in a decoder.
struct Draft {
  let rows: Range<Int>
  /// The source sentence it translates.
  let sentence: Int
}

extension PackedTokens {
  /// Each sentence as the translation of the source sentence with the same index.
  var drafts: [Draft] { sentences.enumerated().map { Draft(rows: $1, sentence: $0) } }
}
