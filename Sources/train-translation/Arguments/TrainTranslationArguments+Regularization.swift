import CommandLineArguments
import Models

extension TrainTranslationArguments {
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
