internal import Autodiff
public import Layers
public import Tokens

/// Which embedding matrices are shared.
public enum EmbeddingTying: String, Sendable, CaseIterable {
  /// Source, target and output: needs a joint vocabulary. Source: Press and Wolf 2017.
  case all
  /// Target and output; the source has its own.
  case decoder
  /// Three matrices.
  case none
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
  /// The feed-forward networks' non-linearity.
  public var activation = FeedForwardActivation.relu
  /// Post-norm as in the paper, or pre-norm.
  public var normPlacement = NormPlacement.post
  /// Which embedding matrices are shared.
  public var tying = EmbeddingTying.all
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

  /// A description of what is wrong with this architecture; nil if it is valid.
  public var problem: String? {
    let counts = [
      sourceVocabularySize, targetVocabularySize, size, encoderLayers, decoderLayers, heads, heads, innerSize,
      innerSize, maxPositions,
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
    if tying == .all && sourceVocabularySize != targetVocabularySize {
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
      ("padding", specialTokens.padding, targetVocabularySize),
      ("beginning", specialTokens.beginning, targetVocabularySize),
      ("end", specialTokens.end, smaller), ("unknown", specialTokens.unknown, smaller),
    ]
    for (name, id, limit) in limits where !(0..<limit).contains(Int(id)) {
      return "the \(name) token is \(id), but there are only \(limit) tokens"
    }
    return nil
  }

  /// The number of floats in all parameters, counted without laying them out.
  public var parameterCount: Int {
    let bias = usesBias ? 1 : 0
    let attention = 4 * size * (size + bias)
    // W₁ and W₂, and V next to W₁ with a gate.
    let inner = (activation.isGated ? 2 : 1) * innerSize
    let feedForward = size * (inner + innerSize) + bias * (inner + size)
    let norm = (1 + bias) * size
    let encoder = encoderLayers * (attention + feedForward + 2 * norm)
    let finalNorm = normPlacement == .pre ? norm : 0
    let decoderLayer = 2 * attention + feedForward + 3 * norm
    let decoder = isAutoregressive ? decoderLayers * decoderLayer + finalNorm : 0
    let parallel = nonautoregressive.map { part in
      part.layers * decoderLayer + finalNorm + part.headParameters(size: size, bias: bias)
    }
    let tables =
      switch tying {
      case .all: sourceVocabularySize
      case .decoder: sourceVocabularySize + targetVocabularySize
      case .none: sourceVocabularySize + 2 * targetVocabularySize
      }
    return tables * size + positionParameters + encoder + finalNorm + decoder + (parallel ?? 0)
  }

  /// The options that the layers of a stack share.
  func layerOptions(_ positions: AttentionPositions) -> LayerOptions {
    LayerOptions(
      size: size, innerSize: innerSize, heads: heads, activation: activation,
      normPlacement: normPlacement, dropout: dropout,
      attentionDropout: attentionDropout, activationDropout: activationDropout, positions: positions,
      linear: LinearOptions(usesBias: usesBias, initialization: initialization))
  }
}
