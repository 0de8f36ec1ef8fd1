public import CommandLineArguments
public import Layers
public import Models

extension PositionEncoding: ArgumentValue {}
extension Initialization: ArgumentValue {}

extension TrainTranslationArguments {
  /// Sets what sets an architecture apart from the paper's: positions, biases, initialisation.
  func setVariants(_ configuration: inout ModelConfiguration) {
    (configuration.positions, configuration.initialization) = (positions, initialization)
    configuration.usesBias = !biasFree
    // With the end token. Constants cost nothing, so that longer lines can be translated than were trained on; a
    // learned position that no sentence had is noise.
    let longest = maxLength + 1
    configuration.maxPositions = positions == .learned ? longest : max(configuration.maxPositions, longest)
  }
}

extension ModelConfiguration {
  /// The architecture in words, without its rates of dropout, which may change in the middle of a training.
  ///
  /// Variants are named only where they are in use: runs that began before there were any can be resumed.
  var words: String {
    var variants = ""
    switch positions {
    case .sinusoidal: break
    case .learned: variants += ", \(maxPositions) learned positions"
    case .rotary: variants += ", rotary positions"
    }
    if !isAutoregressive { variants += ", no autoregressive decoder" }
    if let part = nonautoregressive {
      variants += ", \(part.layers) layers of \(part.method.rawValue)"
      if part.method == .ctc { variants += ", \(part.upsampling) positions a token" }
      if part.method == .length { variants += ", \(part.ending.rawValue) lengths" }
    }
    if !usesBias { variants += ", no biases" }
    if initialization != .glorot { variants += ", \(initialization.rawValue) initialisation" }
    return "\(size)/\(innerSize) \(encoderLayers)+\(decoderLayers) layers, \(heads) heads, "
      + "\(activation), \(normPlacement)-norm, tied embeddings: \(tying)\(variants)"
  }
}
