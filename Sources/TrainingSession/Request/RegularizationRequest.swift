import Models

/// What keeps the model from learning its text by heart.
public struct RegularizationRequest: Sendable, Equatable {
  /// Dropout of embeddings and sublayers; nil: the preset's.
  public var dropout: Double?
  /// Dropout of attention weights.
  @Given public var attentionDropout = 0.0
  /// Dropout inside the feed-forward networks.
  @Given public var activationDropout = 0.0
  /// Words whose whole embedding is left out.
  public var wordDropout = 0.0
  /// Layers that an update does without.
  public var layerDrop = 0.0
  /// Probability spread over all tokens.
  @Given public var labelSmoothing = 0.1
  /// Weight of how far two passes of a pair with different dropout lie apart; 0 is off.
  @Given public var rDrop = 0.0
  /// Merges left out at random, anew in every epoch.
  @Given public var bpeDropout = 0.0
  /// Pairs in which words of both sides are hidden, to learn to copy what cannot be spelled.
  public var copyUnknowns = 0.05

  /// The preset's dropout and label smoothing.
  public init() {}

  /// Refuses what could have no effect on a model.
  func validate(for model: ModelOutline) throws(TrainingRequestError) {
    let rates = model.dropoutRates + [Float(wordDropout)]
    if rDrop > 0, rates.allSatisfy({ $0 == 0 }) {
      throw .conflict(
        "'--r-drop' has no effect without '--dropout': both passes of a sentence would be the same")
    }
    let layers = [model.encoderLayers, model.decoderLayers]
    if layerDrop > 0, layers.contains(1) {
      throw .conflict(
        "'--layer-drop' would leave out the only layer of the \(layers[0] == 1 ? "encoder" : "decoder"); "
          + "it needs two layers or more on each side")
    }
  }

  /// What acts on training alone, beside dropout.
  func training(_ alignment: AlignmentRequest) -> Regularization {
    var result = Regularization()
    result.rDrop = Float(rDrop)
    // A number just below 1 would round to 1.
    result.wordDropout = min(Float(wordDropout), Float(1).nextDown)
    result.layerDrop = min(Float(layerDrop), Float(1).nextDown)
    result.guidedAlignment = alignment.guidedAlignment
    return result
  }

  /// What of it is on, by the names in `training.json`; nil for nothing.
  func record(_ alignment: AlignmentRequest) -> [String: Double]? {
    var all = ["r_drop": rDrop, "word_dropout": wordDropout, "layer_drop": layerDrop].filter { $0.value > 0 }
    all["guided_alignment"] = alignment.weightInUse
    return all.isEmpty ? nil : all
  }
}
