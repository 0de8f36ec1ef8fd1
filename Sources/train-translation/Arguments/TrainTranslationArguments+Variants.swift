public import CommandLineArguments
public import Layers
public import Models

extension PositionEncoding: ArgumentValue {}
extension Initialization: ArgumentValue {}

extension TrainTranslationArguments {
  static let modelOptions: [Option<Self>] = [
    Option(
      "--preset", "name", "size of the model, which the options below change parts of; auto chooses it",
      \.presetName),
    Option("--encoder-layers", "count", "layers of the encoder", \.encoderLayers, limit: .between(1, 256)),
    Option("--decoder-layers", "count", "layers of the decoder", \.decoderLayers, limit: .between(1, 256)),
    Option("--size", "count", "d_model, a multiple of the heads", \.size, limit: .between(1, 65536)),
    Option(
      "--inner-size", "count", "width of the feed-forward networks", \.innerSize,
      limit: .between(1, 1_048_576)),
    Option("--heads", "count", "attention heads", \.heads, limit: .between(1, 256)),
    Option(
      "--activation", "name",
      "non-linearity of the feed-forward networks; reglu, geglu and swiglu have a third matrix: 2/3 of the inner size "
        + "makes as large a model", \.activation),
    Option("--norm", "place", "layer norms behind the residual sum or before the sublayer", \.normPlacement),
    Option(
      "--tie", "which", "embeddings that are one matrix (default: all, decoder with separate vocabularies)",
      \.tying),
    Option(
      "--positions", "name",
      "how the model knows the order of words: "
        + PositionEncoding.allCases.map { "\($0.rawValue) \($0.summary)" }.joined(separator: ", "),
      \.positions),
    Option("--bias-free", "linear maps and layer norms add no biases", \.biasFree),
    Option(
      "--initialization", "name",
      "of the weights; depth-scaled is glorot divided by the root of the layer's number, for deep models, normal has "
        + "deviation 0.02", \.initialization),
  ]

  /// Sets what sets an architecture apart from the paper's: positions, biases, initialization.
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
    default: variants += ", \(positions.rawValue) positions"
    }
    if !isAutoregressive { variants += ", no autoregressive decoder" }
    if let part = nonautoregressive {
      variants += ", \(part.layers) layers of \(part.method.rawValue)"
      if part.method == .ctc { variants += ", \(part.upsampling) positions a token" }
      if part.method == .length { variants += ", \(part.ending.rawValue) lengths" }
    }
    if !usesBias { variants += ", no biases" }
    if initialization != .glorot { variants += ", \(initialization.rawValue) initialization" }
    return "\(size)/\(innerSize) \(encoderLayers)+\(decoderLayers) layers, \(heads) heads, "
      + "\(activation), \(normPlacement)-norm, tied embeddings: \(tying)\(variants)"
  }
}
