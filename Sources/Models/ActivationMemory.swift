internal import Autodiff
internal import Layers
public import Tokens

/// How much memory the loss of a batch and its derivatives take on a training tape, not counting parameters and their
/// gradients.
///
/// Values are kept from the forward to the backward pass and are counted tensor by tensor. Of the gradients, only those
/// of neighbors exist at the same time. Nothing depends on the values, so the memory of a batch is known before it is
/// computed. The result is an upper bound.
public struct ActivationMemory: Sendable {
  private let model: ModelConfiguration
  /// How often every sentence passes through the model: twice with R-Drop.
  private let passes: Int
  /// Whether a layer's attention is compared with alignments.
  private let isGuided: Bool
  /// Floats for each source token, without attention weights.
  private let sourceToken: Int
  /// Floats for each target token, without attention weights.
  private let targetToken: Int
  /// The memory of the non-autoregressive decoder, if there is one.
  private let parallel: NonautoregressiveMemory?

  /// The memory of an architecture's training.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - regularization: R-Drop takes every sentence twice, guided alignment needs memory for each pair of tokens; word
  ///     dropout and LayerDrop need none.
  ///   - nonautoregressive: glancing needs memory for a first draft.
  public init(
    _ model: ModelConfiguration, regularization: Regularization = Regularization(),
    nonautoregressive: NonautoregressiveTraining = NonautoregressiveTraining()
  ) {
    self.model = model
    passes = regularization.rDrop > 0 ? 2 : 1
    isGuided = regularization.guidedAlignment != nil
    sourceToken =
      model.embeddingToken + model.encoderLayers * model.encoderLayerToken + model.finalNormToken
      + model.autoregressiveLayers * 2 * model.size + model.gradientsToken + 2 * model.size
    targetToken =
      model.isAutoregressive
      ? model.embeddingToken + model.decoderLayers * model.autoregressiveLayerToken + model.finalNormToken
        + model.gradientsToken : 0
    parallel = model.nonautoregressive.map {
      NonautoregressiveMemory(model, $0, glances: nonautoregressive.glancing != GlancingSchedule())
    }
  }

  /// Floats that a sentence pair adds, from the number of tokens on its sides, including `</s>`.
  public func pair(source: Int, target: Int) -> Int {
    let encoder = model.encoderLayers * model.heads * source * source
    let keys = source + (model.decoderCell == .selfAttention ? target : 0)
    let decoder = model.autoregressiveLayers * model.heads * target * keys
    let guide = isGuided ? source * target : 0
    return passes * (source * sourceToken + target * targetToken + encoder + decoder + guide)
      + (parallel?.pair(source: source, target: target) ?? 0)
  }

  /// Floats that a batch takes regardless of the number of pairs: scratch for its longest sentences, a chunk of logits,
  /// and the cost of rounding every tensor up to a cache line.
  public func perBatch(longestSource: Int, longestTarget: Int) -> Int {
    func scratch(_ queries: Int, _ keys: Int) -> Int {
      attentionScratch(queries: queries, keys: keys, headSize: model.size / model.heads)
    }
    let encoder = scratch(longestSource, longestSource) + 32 * cacheLine
    let decoder =
      scratch(longestTarget, longestTarget) + scratch(longestTarget, longestSource) + 48 * cacheLine
    // R-Drop keeps a chunk's inputs of both passes next to its logits.
    let columns = model.targetVocabularySize + (passes - 1) * model.size
    let logits = rowsPerChunk(classes: model.targetVocabularySize) * columns
    return model.encoderLayers * encoder + model.autoregressiveLayers * decoder + logits + 32 * cacheLine
      + (parallel?.perBatch(longestSource: longestSource, longestTarget: longestTarget) ?? 0)
  }

  /// Floats that a batch takes.
  public func batch(source: TokenBatch, target: TokenBatch) -> Int {
    zip(source.lengths, target.lengths).reduce(
      perBatch(longestSource: source.lengths.max() ?? 0, longestTarget: target.lengths.max() ?? 0)
    ) { $0 + pair(source: $1.0, target: $1.1) }
  }

  /// Floats that decoding keeps for a number of source tokens: the encoder's values, projected keys and values, and
  /// those of three times as many target positions, since an undertrained model ends its sentences late.
  ///
  /// - Parameters:
  ///   - tokens: source tokens of a batch.
  ///   - longest: those of the longest sentence, which may be a batch of its own.
  /// - Returns: floats.
  public func decoding(tokens: Int, longest: Int) -> Int {
    max(tokens, longest) * (sourceToken + 9 * model.size * model.autoregressiveLayers)
      + (parallel?.decoding(tokens: tokens, longest: longest) ?? 0) + 64 * model.targetVocabularySize
  }

  /// Floats that a batch of `count` tokens on each side takes if its sentences are short.
  public func tokens(_ count: Int) -> Int {
    count * (sourceToken + targetToken) + perBatch(longestSource: 32, longestTarget: 32)
      + (count / 32) * (parallel?.pair(source: 32, target: 32) ?? 0)
  }
}

let cacheLine = 16

/// Floats that the parts of a model keep for each token, without attention weights.
extension ModelConfiguration {
  /// What the residual connection and its norm keep for a sublayer.
  private var residualToken: Int {
    switch normPlacement {
    // The norm's result, its normalized input, and the deviation.
    case .post: 2 * size + 1
    // The same, the sum and, with dropout, the sublayer's output after dropout.
    case .pre: 2 * size + 1 + size + (dropout > 0 ? size : 0)
    }
  }

  /// Columns of the hidden layer before its activation, doubled by a gate, and after it, 0 if it works in place.
  private func hiddenColumns(_ innerSize: Int) -> (before: Int, after: Int) {
    switch activation {
    case .relu: (innerSize, 0)
    case .gelu, .geluSigmoid, .swish: (innerSize, innerSize)
    case .reglu, .geglu, .swiglu: (2 * innerSize, innerSize)
    }
  }

  /// The network's hidden layer, again after dropout, and its output.
  private func feedForwardToken(_ innerSize: Int) -> Int {
    let hidden = hiddenColumns(innerSize)
    return hidden.before + hidden.after + (activationDropout > 0 ? innerSize : 0) + size + residualToken
  }

  /// The sum of embeddings and positions, and its norm with the normalized input, the deviation and dropout.
  var embeddingToken: Int { size + (normalizesEmbeddings ? 3 * size + 1 : 0) }

  /// Queries, keys and values; the result of attention; the output.
  private var selfAttentionToken: Int { 5 * size + residualToken }

  /// Like self-attention, without keys and values, which are counted by source token.
  private var crossAttentionToken: Int { 3 * size + residualToken }

  /// What reads the target in a layer of the autoregressive decoder.
  private var cellToken: Int {
    switch decoderCell {
    case .selfAttention: return selfAttentionToken
    // Candidate and forget gate; cells; output.
    case .ssru: return 4 * size + residualToken
    case .averageAttention:
      // The mean; the network's hidden layer before and after its activation and dropout, and its output; gates; sum.
      let inner = averageAttention.innerSize
      return size + 3 * inner + size + (averageAttention.isGated ? 3 * size : 0) + residualToken
    }
  }

  fileprivate var encoderLayerToken: Int { selfAttentionToken + feedForwardToken(innerSize) }

  /// Layers of the autoregressive decoder.
  fileprivate var autoregressiveLayers: Int { isAutoregressive ? decoderLayers : 0 }

  /// A layer of the autoregressive decoder.
  fileprivate var autoregressiveLayerToken: Int {
    cellToken + crossAttentionToken + feedForwardToken(decoderInnerSize ?? innerSize)
  }

  /// A layer of the non-autoregressive decoder.
  var decoderLayerToken: Int { selfAttentionToken + crossAttentionToken + feedForwardToken(innerSize) }

  var finalNormToken: Int { endsInNorm ?? (normPlacement == .pre) ? 2 * size + 1 : 0 }

  /// Gradients that exist at the same time: three of `size`, queries with keys and values, and the hidden layer's,
  /// before and after the activation and the dropout.
  var gradientsToken: Int {
    let averaging = decoderCell == .averageAttention ? averageAttention.innerSize : 0
    let innerSize = max(innerSize, decoderInnerSize ?? 0, averaging)
    let hidden = hiddenColumns(innerSize)
    let dropped = activationDropout > 0 ? innerSize : 0
    // Memory of a finished gradient is reused for the next one of its size: of three equal ones, two exist at a time.
    let network =
      activation.isGated
      ? hidden.before + innerSize + dropped : innerSize + max(hidden.after, dropped)
    return 6 * size + network
  }
}
