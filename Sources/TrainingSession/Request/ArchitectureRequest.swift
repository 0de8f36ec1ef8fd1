public import Layers
public import Models

/// Sizes by name, and the one that is chosen by the text.
public enum PresetName: String, Sendable, CaseIterable {
  /// Chosen by the text, the machine and the limits, with everything else that is not given.
  case auto
  /// 4+4 layers of 128.
  case tiny
  /// 6+6 layers of 256.
  case small
  /// 6+6 layers of 512.
  case base
  /// 6+6 layers of 1024.
  case big
}

/// The size of the model and what it is made of: a preset, with what is given instead of its parts.
public struct ArchitectureRequest: Sendable, Equatable {
  /// Non-linearities of the feed-forward networks.
  public typealias Activation = FeedForwardActivation
  /// Where layer norms stand.
  public typealias NormPlacement = Layers.NormPlacement
  /// How weights are drawn.
  public typealias Initialization = Layers.Initialization

  /// The size that the other settings change parts of.
  @Given public var preset = PresetName.small
  /// Layers of the encoder.
  public var encoderLayers: Int?
  /// Layers of the decoder.
  public var decoderLayers: Int?
  /// d_model, a multiple of the heads.
  public var size: Int?
  /// Width of the feed-forward networks.
  public var innerSize: Int?
  /// Attention heads.
  public var heads: Int?
  /// Non-linearity of the feed-forward networks.
  @Given public var activation = Activation.relu
  /// Layer norms after the residual sum, or before the sublayer.
  @Given public var normPlacement = NormPlacement.post
  /// Embeddings that are one matrix; nil: all, or those of the decoder with separate vocabularies.
  public var tying: EmbeddingTying?
  /// How the model knows the order of words.
  @Given public var positions = PositionEncoding.sinusoidal
  /// Whether linear maps and layer norms add no biases.
  @Given public var biasFree = false
  /// How the weights are drawn.
  @Given public var initialization = Initialization.glorot

  /// The preset `small`.
  public init() {}

  /// The size that the preset names; of `auto` the smallest, until one is chosen.
  var sizePreset: ModelPreset { ModelPreset(rawValue: preset.rawValue) ?? .tiny }
}
