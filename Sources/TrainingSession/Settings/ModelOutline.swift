import Models

/// The sizes of a model that other settings depend on, known before its vocabulary is.
struct ModelOutline: Equatable {
  /// The preset whose learning rate and warm-up suit the size.
  var preset: ModelPreset
  var encoderLayers: Int
  var decoderLayers: Int
  var size: Int
  var heads: Int
  /// Dropout rates of embeddings and sublayers, attention weights, and feed-forward networks.
  var dropoutRates: [Float]

  /// The outline of an architecture.
  init(_ model: ModelConfiguration, preset: ModelPreset) {
    self.preset = preset
    (encoderLayers, decoderLayers) = (model.encoderLayers, model.decoderLayers)
    (size, heads) = (model.size, model.heads)
    dropoutRates = [model.dropout, model.attentionDropout, model.activationDropout]
  }

  /// The outline of a trained model, with the smallest preset that is at least as wide.
  init(ofTrained model: ModelConfiguration) {
    self.init(model, preset: ModelPreset.sizes.first { $0.size >= model.size } ?? .big)
  }
}

extension ModelPreset {
  /// d_model.
  fileprivate var size: Int { configuration(sourceVocabularySize: 1, targetVocabularySize: 1).size }
}

extension TrainingRequest {
  /// The requested sizes and rates, which do not depend on the vocabularies.
  var outline: ModelOutline {
    let model = sizedConfiguration(sourceVocabulary: 1, targetVocabulary: 1)
    return ModelOutline(model, preset: architecture.sizePreset)
  }
}
