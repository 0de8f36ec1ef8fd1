internal import Autodiff
public import Layers
public import Tokens

/// Which embedding matrices are shared.
public enum EmbeddingTying: String, Sendable, CaseIterable {
  /// Source, target and output: needs a joint vocabulary. Source: Press and Wolf 2017.
  case all
  /// Target and output; the source has its own.
  case decoder
  /// Source and target; the output layer has its own. Needs a joint vocabulary.
  case embeddings
  /// Three matrices.
  case none

  /// Whether the output layer's weight is the target's embeddings.
  package var sharesOutput: Bool { self == .all || self == .decoder }
  /// Whether source and target have the same embeddings.
  var sharesSource: Bool { self == .all || self == .embeddings }
}

/// The architecture of a Transformer: everything that must be known before its weights can be read.
public struct ModelConfiguration: Sendable, Equatable {
  /// Tokens of the source vocabulary.
  public var sourceVocabularySize: Int
  /// Tokens of the target vocabulary.
  public var targetVocabularySize: Int
  /// The ids of the tokens that do not stand for text, the same in both vocabularies if both have them.
  public var specialTokens = SpecialTokens.standard
  /// d_model, columns of every layer's input and output.
  public var size = 512
  /// Encoder layers.
  public var encoderLayers = 6
  /// Layers of the autoregressive decoder.
  public var decoderLayers = 6
  /// Whether there is an autoregressive decoder.
  public var isAutoregressive = true
  /// The non-autoregressive decoder; nil if there is none.
  public var nonautoregressive: NonautoregressiveConfiguration?
  /// Attention heads of every layer; divides ``size``.
  public var heads = 8
  /// Columns inside the feed-forward networks.
  public var innerSize = 2048
  /// Columns inside those of the autoregressive decoder; nil for ``innerSize``.
  public var decoderInnerSize: Int?
  /// How the autoregressive decoder reads the tokens before a position.
  public var decoderCell = DecoderCell.selfAttention
  /// The form of ``Layers/DecoderCell/averageAttention``.
  public var averageAttention = AverageAttentionOptions()
  /// The feed-forward networks' non-linearity.
  public var activation = FeedForwardActivation.relu
  /// Post-norm as in the paper, or pre-norm.
  public var normPlacement = NormPlacement.post
  /// What norms add to the variance.
  public var normEpsilon = LayerNorm.defaultEpsilon
  /// Whether a stack ends in a norm; nil: if norms come before sublayers.
  public var endsInNorm: Bool?
  /// Whether embeddings are normalized before the first layer.
  public var normalizesEmbeddings = false
  /// Which embedding matrices are shared.
  public var tying = EmbeddingTying.all
  /// Whether the output layer adds a bias.
  public var hasOutputBias = false
  /// Whether embeddings are multiplied by √``size``.
  public var scalesEmbeddings = true
  /// How the model encodes the order of tokens.
  public var positions = PositionEncoding.sinusoidal
  /// The layout of sinusoidal and rotary positions.
  public var positionLayout = PositionLayout.interleaved
  /// The longest sentence in subwords, `</s>` included.
  public var maxPositions = 1024
  /// Whether linear maps and layer norms add biases; without them norms keep their gain.
  ///
  /// Source: Raffel et al. 2020, "T5", section 2.1; Chowdhery et al. 2022, "PaLM", section 2, for models without.
  public var usesBias = true
  /// The autoregressive decoder's heads that align best; nil for the mean of the last layer's, as in fairseq.
  public var alignmentHeads: AlignmentHeads?
  /// How weights are initialized.
  public var initialization = Initialization.glorot
  /// Dropout of embeddings and sublayer outputs, in training.
  public var dropout: Float = 0.1
  /// Dropout of attention weights, in training.
  public var attentionDropout: Float = 0
  /// Dropout inside the feed-forward networks, in training.
  public var activationDropout: Float = 0

  /// The base model of the paper, for vocabularies of the given sizes.
  ///
  /// Source: Vaswani et al. 2017, table 3.
  public init(sourceVocabularySize: Int, targetVocabularySize: Int) {
    self.sourceVocabularySize = sourceVocabularySize
    self.targetVocabularySize = targetVocabularySize
  }

  /// The allowed sizes, by their keys in `config.json`, in the order in which ``problem`` checks them.
  static let ranges: [(key: String, range: ClosedRange<Int>)] = [
    ("vocab_size", 1...1 << 24), ("decoder_vocab_size", 1...1 << 24), ("d_model", 1...1 << 16),
    ("encoder_layers", 1...256), ("decoder_layers", 1...256), ("encoder_attention_heads", 1...256),
    ("decoder_attention_heads", 1...256), ("encoder_ffn_dim", 1...1 << 20), ("decoder_ffn_dim", 1...1 << 20),
    ("max_position_embeddings", 2...1 << 17),
  ]
  /// The same for the numbers of ``Layers/AverageAttentionOptions``.
  static let averageAttentionRanges = [("ffn_dim", 0...1 << 20)]

  /// A description of what is wrong with this architecture; nil if it is valid.
  public var problem: String? {
    let counts = [
      sourceVocabularySize, targetVocabularySize, size, encoderLayers, decoderLayers, heads, heads, innerSize,
      decoderInnerSize ?? innerSize, maxPositions,
    ]
    for (value, (key, range)) in zip(counts, Self.ranges) where !range.contains(value) {
      return "\(key) is \(value), expected a number from \(range.lowerBound) to \(range.upperBound)"
    }
    if let specialTokenProblem { return specialTokenProblem }
    if maxPositions * size > 1 << 27 {
      return "\(maxPositions) positions of d_model \(size) are more than \(1 << 27) numbers"
    }
    if size % heads != 0 { return "d_model \(size) is not a multiple of \(heads) attention heads" }
    if let positionProblem { return positionProblem }
    if !isAutoregressive, nonautoregressive == nil { return "there is no decoder" }
    if let problem = nonautoregressive?.problem { return problem }
    if let cellProblem { return cellProblem }
    if let problem = alignmentHeads?.problem(layers: decoderLayers, heads: heads) { return problem }
    if tying.sharesSource && sourceVocabularySize != targetVocabularySize {
      return
        "embeddings are shared by vocabularies of \(sourceVocabularySize) and \(targetVocabularySize) tokens"
    }
    let rates = [
      ("dropout", dropout), ("attention_dropout", attentionDropout),
      ("activation_dropout", activationDropout),
    ]
    for (name, rate) in rates where !(0..<1).contains(rate) {
      return "\(name) is \(rate), expected a number of at least 0 and below 1"
    }
    return nil
  }

  /// Embeddings are looked up and outputs chosen by these ids.
  private var specialTokenProblem: String? {
    let smaller = min(sourceVocabularySize, targetVocabularySize)
    let limits = [
      ("padding", specialTokens.padding, targetVocabularySize, isOptional: true),
      ("beginning", specialTokens.beginning, targetVocabularySize, isOptional: true),
      ("end", specialTokens.end, smaller, isOptional: false),
      ("unknown", specialTokens.unknown, smaller, isOptional: false),
    ]
    for (name, id, limit, isOptional) in limits
    where !(0..<limit).contains(Int(id)) && !(isOptional && id == SpecialTokens.absent) {
      return "the \(name) token is \(id), but there are only \(limit) tokens"
    }
    if nonautoregressive != nil, specialTokens.padding == SpecialTokens.absent {
      return "there is no padding token, which a non-autoregressive decoder needs as its mask or blank"
    }
    return nil
  }

  private var cellProblem: String? {
    guard normEpsilon > 0, normEpsilon < 1 else {
      return "layer_norm_epsilon is \(normEpsilon), expected a number above 0 and below 1"
    }
    if decoderCell == .averageAttention {
      let (key, range) = Self.averageAttentionRanges[0]
      if !range.contains(averageAttention.innerSize) {
        return "\(key) of average attention is \(averageAttention.innerSize), expected a number from 0 to "
          + "\(range.upperBound)"
      }
      if averageAttention.activation.isGated {
        return "average attention has no gated activation, found \(averageAttention.activation.rawValue)"
      }
    }
    return nil
  }

  /// The number of floats in all parameters, counted without laying them out.
  public var parameterCount: Int {
    let bias = usesBias ? 1 : 0
    let attention = 4 * size * (size + bias)
    let norm = (1 + bias) * size
    let encoder = encoderLayers * (attention + feedForwardParameters(innerSize) + 2 * norm)
    // After the embeddings and at the end of each stack.
    let ends = (endsInNorm ?? (normPlacement == .pre) ? norm : 0) + (normalizesEmbeddings ? norm : 0)
    let decoderLayer =
      cellParameters + attention + feedForwardParameters(decoderInnerSize ?? innerSize) + 3 * norm
    let decoder = isAutoregressive ? decoderLayers * decoderLayer + ends : 0
    let parallelLayer = 2 * attention + feedForwardParameters(innerSize) + 3 * norm
    let parallel = nonautoregressive.map { part in
      part.layers * parallelLayer + ends + part.headParameters(size: size, bias: bias)
    }
    let tables =
      (tying.sharesSource ? 0 : sourceVocabularySize) + (tying.sharesOutput ? 0 : targetVocabularySize)
      + targetVocabularySize
    return tables * size + (hasOutputBias ? targetVocabularySize : 0) + positionParameters + encoder + ends
      + decoder + (parallel ?? 0)
  }

  /// W₁ and W₂, and V next to W₁ with a gate.
  private func feedForwardParameters(_ innerSize: Int) -> Int {
    let inner = (activation.isGated ? 2 : 1) * innerSize
    return size * (inner + innerSize) + (usesBias ? inner + size : 0)
  }

  /// What reads the target in a decoder layer.
  private var cellParameters: Int {
    let bias = usesBias ? 1 : 0
    switch decoderCell {
    case .selfAttention: return 4 * size * (size + bias)
    case .ssru: return 2 * size * size + bias * size
    case .averageAttention:
      let inner = averageAttention.innerSize
      return inner * (size + bias) + (inner > 0 && inner != size ? size * (inner + bias) : 0)
        + (averageAttention.isGated ? 2 * size * (size + bias) : 0)
    }
  }

  /// The options that the layers of a stack share.
  func layerOptions(_ positions: AttentionPositions) -> LayerOptions {
    var options = LayerOptions(
      size: size, innerSize: innerSize, heads: heads, activation: activation,
      normPlacement: normPlacement, dropout: dropout,
      attentionDropout: attentionDropout, activationDropout: activationDropout, positions: positions,
      linear: LinearOptions(usesBias: usesBias, initialization: initialization))
    (options.normEpsilon, options.endsInNorm) = (normEpsilon, endsInNorm)
    return options
  }

  /// The options of the autoregressive decoder's layers.
  func decoderOptions(_ positions: AttentionPositions) -> LayerOptions {
    var options = layerOptions(positions)
    options.innerSize = decoderInnerSize ?? innerSize
    (options.decoderCell, options.averageAttention) = (decoderCell, averageAttention)
    return options
  }
}
