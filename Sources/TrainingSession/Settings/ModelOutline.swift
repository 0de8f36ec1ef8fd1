import Models

/// What settings must know of a model's size: known before its vocabulary is.
struct ModelOutline: Equatable {
  /// The preset whose learning rate and warm-up suit the size.
  var preset: ModelPreset
  var encoderLayers: Int
  var decoderLayers: Int
  var size: Int
  var heads: Int
  /// Of embeddings and sublayers, attention weights, feed-forward networks.
  var dropoutRates: [Float]

  /// The outline of a whole architecture.
  init(_ model: ModelConfiguration, preset: ModelPreset) {
    self.preset = preset
    (encoderLayers, decoderLayers) = (model.encoderLayers, model.decoderLayers)
    (size, heads) = (model.size, model.heads)
    dropoutRates = [model.dropout, model.attentionDropout, model.activationDropout]
  }

  /// The outline of a model that was trained before: the smallest preset that is not narrower.
  init(ofTrained model: ModelConfiguration) {
    self.init(model, preset: ModelPreset.allCases.first { $0.size >= model.size } ?? .big)
  }
}

extension ModelPreset {
  /// d_model.
  fileprivate var size: Int { configuration(sourceVocabularySize: 1, targetVocabularySize: 1).size }
}

extension TrainingRequest {
  /// The sizes and rates that are asked for, whatever the vocabularies.
  var outline: ModelOutline {
    let model = sizedConfiguration(sourceVocabulary: 1, targetVocabulary: 1)
    return ModelOutline(model, preset: architecture.sizePreset)
  }
}
