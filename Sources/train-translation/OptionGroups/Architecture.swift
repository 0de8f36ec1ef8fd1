public import CommandLineArguments
public import Models
public import TrainingSession

extension PresetName: ArgumentValue {}
extension ArchitectureRequest.Activation: ArgumentValue {}
extension ArchitectureRequest.NormPlacement: ArgumentValue {}
extension ArchitectureRequest.Initialization: ArgumentValue {}
extension EmbeddingTying: ArgumentValue {}
extension PositionEncoding: ArgumentValue {}

extension ArchitectureRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Model"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--preset", "name", "size of the model, parts of which the options below change; auto chooses it",
      \.preset),
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
    Option(
      "--norm", "place", "layer norms after the residual sum or before the sublayer", \.normPlacement),
    Option(
      "--tie", "which", "embeddings that share one matrix (default: all, decoder with separate vocabularies)",
      \.tying),
    Option(
      "--positions", "name",
      "how the model knows the order of words: "
        + PositionEncoding.allCases.map { "\($0.rawValue) \($0.summary)" }.joined(separator: ", "),
      \.positions),
    Option("--bias-free", "linear maps and layer norms add no biases", \.biasFree),
    Option(
      "--initialization", "name",
      "of the weights; depth-scaled is glorot divided by the square root of the layer's number, for deep models, "
        + "normal has deviation 0.02", \.initialization),
  ]
}
