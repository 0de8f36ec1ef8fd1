public import Layers
public import Models

/// Names of model sizes, and `auto`.
public enum PresetName: String, Sendable, CaseIterable {
  /// Chosen from the text, the machine and the limits, together with every other setting that is not given.
  case auto
  /// 4+4 layers of 128.
  case tiny
  /// 6+6 layers of 256.
  case small
  /// 6+6 layers of 512.
  case base
  /// 6+6 layers of 1024.
  case big
  /// 6+2 layers of 256 with a recurrent decoder.
  case student
}

/// The architecture: a preset, and settings that override its parts.
public struct ArchitectureRequest: Sendable, Equatable {
  /// Activation functions of the feed-forward networks.
  public typealias Activation = FeedForwardActivation
  /// Placements of layer norms.
  public typealias NormPlacement = Layers.NormPlacement
  /// Ways to initialize weights.
  public typealias Initialization = Layers.Initialization
  /// How a decoder reads the tokens before a position.
  public typealias DecoderCell = Layers.DecoderCell

  /// The preset that the other settings override.
  @Given public var preset = PresetName.small
  /// Number of encoder layers.
  public var encoderLayers: Int?
  /// Number of decoder layers.
  public var decoderLayers: Int?
  /// Model dimension (d_model), a multiple of the number of heads.
  public var size: Int?
  /// Dimension of the feed-forward networks.
  public var innerSize: Int?
  /// Number of attention heads.
  public var heads: Int?
  /// Activation function of the feed-forward networks.
  @Given public var activation = Activation.relu
  /// Layer norms after the residual sum, or before the sublayer.
  @Given public var normPlacement = NormPlacement.post
  /// Embedding matrices to share; nil: all, or those of the decoder with separate vocabularies.
  public var tying: EmbeddingTying?
  /// How the decoder reads the tokens before a position; nil: as the preset says.
  public var decoderCell: DecoderCell?
  /// Position encoding.
  @Given public var positions = PositionEncoding.sinusoidal
  /// Whether linear maps and layer norms have no biases.
  @Given public var biasFree = false
  /// Weight initialization.
  @Given public var initialization = Initialization.glorot

  /// The preset `small`.
  public init() {}

  /// The size that the preset names; for `auto` the smallest, until one is chosen.
  var sizePreset: ModelPreset { ModelPreset(rawValue: preset.rawValue) ?? .tiny }
}
