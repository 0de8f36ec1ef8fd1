import CommandLineArguments
import Models

extension TrainTranslationArguments {
  static let regularizationOptions: [Option<Self>] = [
    Option(
      "--dropout", "rate", "of embeddings and sublayers (default: the preset's)", \.dropout, limit: .rate),
    Option("--attention-dropout", "rate", "of attention weights", \.attentionDropout, limit: .rate),
    Option(
      "--activation-dropout", "rate", "inside the feed-forward networks", \.activationDropout, limit: .rate),
    Option(
      "--word-dropout", "rate",
      "words whose whole embedding is left out, of the source and of what the decoder reads; 0.1 is usual",
      \.wordDropout, limit: .rate),
    Option(
      "--layer-drop", "rate",
      "layers that an update does without, for deep models; 0.1 is usual", \.layerDrop, limit: .rate),
    Option(
      "--label-smoothing", "share", "probability spread over all tokens", \.labelSmoothing, limit: .rate),
    Option(
      "--r-drop", "weight",
      "of how far two passes of a pair with other dropout lie apart: 5 is usual, 0 is off; twice the work",
      \.rDrop, limit: .atLeast(0)),
    Option(
      "--bpe-dropout", "rate", "merges left out at random, new in every epoch", \.bpeDropout, limit: .rate),
    Option(
      "--copy-unknowns", "share",
      "pairs in which words of both sides are hidden, to learn to copy what cannot be spelled",
      \.copyUnknowns, limit: .rate),
  ]

  /// What acts on training alone, beside dropout.
  var regularization: Regularization {
    var result = Regularization()
    result.rDrop = Float(rDrop)
    // A number just below 1 would round to 1.
    result.wordDropout = min(Float(wordDropout), Float(1).nextDown)
    result.layerDrop = min(Float(layerDrop), Float(1).nextDown)
    result.guidedAlignment = alignment.guidedAlignment
    return result
  }

  /// What of it is on, by the names in `training.json`; nil for nothing.
  var regularizationInUse: [String: Double]? {
    var all = ["r_drop": rDrop, "word_dropout": wordDropout, "layer_drop": layerDrop].filter { $0.value > 0 }
    all["guided_alignment"] = alignment.weightInUse
    return all.isEmpty ? nil : all
  }

  /// Refuses what could have no effect on a model.
  func validateRegularization(_ model: ModelConfiguration) throws(ArgumentError) {
    let rates = [model.dropout, model.attentionDropout, model.activationDropout, Float(wordDropout)]
    if rDrop > 0, rates.allSatisfy({ $0 == 0 }) {
      throw .conflict(
        "'--r-drop' has no meaning without '--dropout': both passes of a sentence would be the same")
    }
    let layers = [model.encoderLayers, model.decoderLayers]
    if layerDrop > 0, layers.contains(1) {
      throw .conflict(
        "'--layer-drop' would leave out the only layer of the \(layers[0] == 1 ? "encoder" : "decoder"); "
          + "it needs two layers or more on each side")
    }
  }
}
