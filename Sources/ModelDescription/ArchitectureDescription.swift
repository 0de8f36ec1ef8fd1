internal import Layers
package import Models

/// The shape of a network, by the names of the options that set it.
package struct ArchitectureDescription: Codable, Sendable, Equatable {
  /// Layers of the encoder.
  package var encoderLayers: Int
  /// Layers of the autoregressive decoder; 0 without one.
  package var decoderLayers: Int
  /// d_model.
  package var size: Int
  /// Columns inside the feed-forward networks of the encoder.
  package var innerSize: Int
  /// Columns inside those of the autoregressive decoder.
  package var decoderInnerSize: Int
  /// Attention heads.
  package var heads: Int
  /// The feed-forward networks' activation.
  package var activation: String
  /// `post` or `pre`.
  package var norm: String
  /// The position encoding.
  package var positions: String
  /// How the autoregressive decoder reads the tokens before a position.
  package var decoderCell: String
  /// Which embeddings are shared.
  package var tying: String
  /// Whether linear maps and norms have biases.
  package var usesBias: Bool
  /// Whether the output layer adds a bias.
  package var hasOutputBias: Bool
  /// Tokens of the source vocabulary.
  package var sourceVocabularySize: Int
  /// Tokens of the target vocabulary.
  package var targetVocabularySize: Int
  /// The longest sentence, in tokens.
  package var maxPositions: Int
  /// Dropout of embeddings and sublayers, in training.
  package var dropout: Double
  /// The method of the non-autoregressive decoder; nil without one.
  package var nonautoregressiveMethod: String?
  /// Layers of the non-autoregressive decoder; nil without one.
  package var nonautoregressiveLayers: Int?
  /// Positions of that decoder for each source token, with `ctc`.
  package var upsampling: Int?

  /// The shape of a model.
  package init(_ model: ModelConfiguration) {
    encoderLayers = model.encoderLayers
    decoderLayers = model.isAutoregressive ? model.decoderLayers : 0
    (size, innerSize, heads) = (model.size, model.innerSize, model.heads)
    decoderInnerSize = model.decoderInnerSize ?? model.innerSize
    (activation, norm) = (model.activation.rawValue, model.normPlacement.rawValue)
    (positions, decoderCell, tying) = (
      model.positions.rawValue, model.decoderCell.rawValue, model.tying.rawValue
    )
    (usesBias, hasOutputBias) = (model.usesBias, model.hasOutputBias)
    (sourceVocabularySize, targetVocabularySize) = (model.sourceVocabularySize, model.targetVocabularySize)
    maxPositions = model.maxPositions
    // As it was given: 0.1, not the nearest float's digits.
    dropout = (Double(model.dropout) * 1e6).rounded() / 1e6
    nonautoregressiveMethod = model.nonautoregressive?.method.rawValue
    nonautoregressiveLayers = model.nonautoregressive?.layers
    upsampling = model.nonautoregressive?.room
  }

  private enum CodingKeys: String, CodingKey {
    case size, heads, activation, norm, positions, tying, dropout, upsampling
    case encoderLayers = "encoder_layers"
    case decoderLayers = "decoder_layers"
    case innerSize = "inner_size"
    case decoderInnerSize = "decoder_inner_size"
    case decoderCell = "decoder_cell"
    case usesBias = "uses_bias"
    case hasOutputBias = "has_output_bias"
    case sourceVocabularySize = "source_vocabulary_size"
    case targetVocabularySize = "target_vocabulary_size"
    case maxPositions = "max_positions"
    case nonautoregressiveMethod = "nat_method"
    case nonautoregressiveLayers = "nat_layers"
  }
}
