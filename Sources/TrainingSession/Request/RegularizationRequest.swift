import Models

/// Regularization, which keeps the model from overfitting.
public struct RegularizationRequest: Sendable, Equatable {
  /// Dropout of embeddings and sublayers; nil: the preset's.
  public var dropout: Double?
  /// Dropout of attention weights.
  @Given public var attentionDropout = 0.0
  /// Dropout inside the feed-forward networks.
  @Given public var activationDropout = 0.0
  /// Probability of zeroing a word's whole embedding.
  public var wordDropout = 0.0
  /// Probability of skipping a layer during an update.
  public var layerDrop = 0.0
  /// Label smoothing: probability mass spread over all tokens.
  @Given public var labelSmoothing = 0.1
  /// Weight of R-Drop, which penalizes differing predictions under two dropout masks; 0 disables it.
  @Given public var rDrop = 0.0
  /// BPE-dropout: probability of skipping a merge, drawn anew each epoch.
  @Given public var bpeDropout = 0.0
  /// Share of pairs in which words common to both sides are masked, to learn to copy what cannot be spelled.
  public var copyUnknowns = 0.05
  /// Share of pairs in which span tokens stand for words on both sides, to learn to copy what is protected; no effect if the
  /// vocabulary has none.
  public var trainSpans = 0.1
  /// Share of pairs whose source has the translations of some of its words behind them, to learn to use those of a glossary.
  public var annotateTerms = 0.0

  /// The preset's dropout and label smoothing.
  public init() {}

  /// Rejects settings that have no effect on a model, or leave out its only layer.
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

  /// The regularization that affects only training, besides dropout.
  func training(_ alignment: AlignmentRequest) -> Regularization {
    var result = Regularization()
    result.rDrop = Float(rDrop)
    // A number just below 1 would round to 1.
    result.wordDropout = min(Float(wordDropout), Float(1).nextDown)
    result.layerDrop = min(Float(layerDrop), Float(1).nextDown)
    result.guidedAlignment = alignment.guidedAlignment
    return result
  }

  /// The regularization in use, by its names in `training.json`; nil for none.
  func record(_ alignment: AlignmentRequest) -> [String: Double]? {
    var all = ["r_drop": rDrop, "word_dropout": wordDropout, "layer_drop": layerDrop].filter { $0.value > 0 }
    all["guided_alignment"] = alignment.weightInUse
    return all.isEmpty ? nil : all
  }
}
