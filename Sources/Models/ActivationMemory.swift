internal import Autodiff
internal import Layers
public import Tokens

/// How much memory the loss of a batch and its derivatives take on a training tape, beside parameters and their
/// gradients.
///
/// Values stay from the forward to the backward pass: they are counted tensor by tensor, as the layers make
/// them. Of gradients only those of neighbors are alive at once. Nothing of it depends on numbers, so that
/// what a batch takes is known before it is computed; the figure is never too small.
public struct ActivationMemory: Sendable {
  private let model: ModelConfiguration
  /// How often every sentence passes the model: twice with R-Drop.
  private let passes: Int
  /// Whether a layer's attention is compared with alignments.
  private let isGuided: Bool
  /// Floats that a source token takes, attention weights left out.
  private let sourceToken: Int
  /// Floats that a target token takes, attention weights left out.
  private let targetToken: Int
  /// Of the decoder that predicts all tokens at once, where there is one.
  private let parallel: NonautoregressiveMemory?

  /// The memory of an architecture's training.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - regularization: R-Drop takes every sentence twice, guided alignment something for each pair of tokens; word
  ///     dropout and LayerDrop take nothing.
  ///   - nonautoregressive: glancing takes a first draft.
  public init(
    _ model: ModelConfiguration, regularization: Regularization = Regularization(),
    nonautoregressive: NonautoregressiveTraining = NonautoregressiveTraining()
  ) {
    self.model = model
    passes = regularization.rDrop > 0 ? 2 : 1
    isGuided = regularization.guidedAlignment != nil
    sourceToken =
      model.size + model.encoderLayers * model.encoderLayerToken + model.finalNormToken
      + model.autoregressiveLayers * 2 * model.size + model.gradientsToken + 2 * model.size
    targetToken =
      model.isAutoregressive
      ? model.size + model.decoderLayers * model.decoderLayerToken + model.finalNormToken
        + model.gradientsToken : 0
    parallel = model.nonautoregressive.map {
      NonautoregressiveMemory(model, $0, glances: nonautoregressive.glancing != GlancingSchedule())
    }
  }

  /// Floats that a sentence pair adds, from the tokens of its sides, `</s>` counted.
  public func pair(source: Int, target: Int) -> Int {
    let encoder = model.encoderLayers * model.heads * source * source
    let decoder = model.autoregressiveLayers * model.heads * target * (source + target)
    let guide = isGuided ? source * target : 0
    return passes * (source * sourceToken + target * targetToken + encoder + decoder + guide)
      + (parallel?.pair(source: source, target: target) ?? 0)
  }

  /// Floats that a batch takes however few its pairs are: scratch for its longest sentences, a chunk of logits,
  /// and what rounding every tensor up to a cache line may cost.
  public func perBatch(longestSource: Int, longestTarget: Int) -> Int {
    func scratch(_ queries: Int, _ keys: Int) -> Int {
      attentionScratch(queries: queries, keys: keys, headSize: model.size / model.heads)
    }
    let encoder = scratch(longestSource, longestSource) + 32 * cacheLine
    let decoder =
      scratch(longestTarget, longestTarget) + scratch(longestTarget, longestSource) + 48 * cacheLine
    // R-Drop keeps a chunk's inputs of both passes beside its logits.
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

  /// Floats that decoding keeps for so many source tokens: the encoder's values, projected keys and values, and
  /// those of three times as many target positions, since a model that has learned little ends its sentences late.
  public func decoding(tokens: Int) -> Int {
    tokens * (sourceToken + 9 * model.size * model.autoregressiveLayers + (parallel?.decodingToken ?? 0))
      + 64 * model.targetVocabularySize
  }

  /// Floats that a batch of so many tokens on each side takes, if its sentences are short.
  public func tokens(_ count: Int) -> Int {
    count * (sourceToken + targetToken) + perBatch(longestSource: 32, longestTarget: 32)
      + (count / 32) * (parallel?.pair(source: 32, target: 32) ?? 0)
  }
}

let cacheLine = 16

/// Floats a token that the parts of a model keep, attention weights left out.
extension ModelConfiguration {
  /// What the residual connection and its norm keep of a sublayer.
  private var residualToken: Int {
    switch normPlacement {
    // The norm's result, its input without mean and deviation, and the deviation.
    case .post: 2 * size + 1
    // The same, the sum, and where something is dropped the sublayer's output without it.
    case .pre: 2 * size + 1 + size + (dropout > 0 ? size : 0)
    }
  }

  /// Columns of the hidden layer: before its activation, where a gate has as many, and behind it, where that does not
  /// work in place.
  private var hiddenColumns: (before: Int, behind: Int) {
    switch activation {
    case .relu: (innerSize, 0)
    case .gelu, .swish: (innerSize, innerSize)
    case .reglu, .geglu, .swiglu: (2 * innerSize, innerSize)
    }
  }

  /// The network's hidden layer, again where elements are dropped, and its output.
  private var feedForwardToken: Int {
    hiddenColumns.before + hiddenColumns.behind + (activationDropout > 0 ? innerSize : 0) + size
      + residualToken
  }

  /// Queries, keys and values; what attention reads; the output.
  private var selfAttentionToken: Int { 5 * size + residualToken }

  /// As self-attention; keys and values are made of source tokens.
  private var crossAttentionToken: Int { 3 * size + residualToken }

  fileprivate var encoderLayerToken: Int { selfAttentionToken + feedForwardToken }

  /// Layers of the decoder that predicts token by token.
  fileprivate var autoregressiveLayers: Int { isAutoregressive ? decoderLayers : 0 }

  var decoderLayerToken: Int { selfAttentionToken + crossAttentionToken + feedForwardToken }

  var finalNormToken: Int { normPlacement == .pre ? 2 * size + 1 : 0 }

  /// Gradients that are alive at once: three of `size`, queries with keys and values, and the hidden layer's, before
  /// and behind the activation and the dropout.
  var gradientsToken: Int {
    let dropped = activationDropout > 0 ? innerSize : 0
    // A gradient that is done with serves another one of its size: of three that are equal, two are alive at once.
    let hidden =
      activation.isGated
      ? hiddenColumns.before + innerSize + dropped : innerSize + max(hiddenColumns.behind, dropped)
    return 6 * size + hidden
  }
}
