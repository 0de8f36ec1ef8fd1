internal import Layers
internal import Models
internal import Text

/// What formats of Transformers as in the paper cannot hold.
extension ExportedModel {
  /// Checks for what neither Hugging Face's Marian nor CTranslate2 computes.
  ///
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)``.
  func requirePlainTransformer(for format: ExportFormat) throws(ModelConversionError) {
    func refuse(_ what: String, _ advice: String) -> ModelConversionError {
      notExportable(format, what, advice)
    }
    let model = configuration
    guard model.isAutoregressive else {
      throw refuse("it has no autoregressive decoder", "export an autoregressive model")
    }
    if model.nonautoregressive != nil {
      throw refuse("it has a non-autoregressive decoder", "export a model that was trained without one")
    }
    switch model.decoderCell {
    case .selfAttention: break
    case .ssru:
      throw refuse(
        "its decoder is an SSRU, which the format does not have", "use --format marian or bergamot")
    case .averageAttention:
      throw refuse("its decoder has average attention, which the format does not have", "use --format marian")
    }
    guard model.positions == .sinusoidal || model.positions == .learned else {
      throw refuse(
        "it has \(model.positions.rawValue) positions, which the format does not have",
        "train a model with sinusoidal or learned positions")
    }
    guard !model.activation.isGated else {
      throw refuse(
        "its feed-forward networks are gated (\(model.activation.rawValue))",
        "train a model with relu, gelu or swish")
    }
    guard model.usesBias else {
      throw refuse("its linear maps and norms have no biases", "train a model with biases")
    }
  }
}
