public import CommandLineArguments
public import Models
public import TrainingSession

extension PresetName: ArgumentValue {}
extension ArchitectureRequest.Activation: ArgumentValue {}
extension ArchitectureRequest.NormPlacement: ArgumentValue {}
extension ArchitectureRequest.Initialization: ArgumentValue {}
extension ArchitectureRequest.DecoderCell: ArgumentValue {}
extension EmbeddingTying: ArgumentValue {}
extension PositionEncoding: ArgumentValue {}

extension ArchitectureRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Model"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--preset", "name", "model size; the options below override its parts, auto chooses it from the text",
      \.preset
    ).common,
    Option(
      "--encoder-layers", "count", "number of encoder layers", \.encoderLayers,
      limit: .training("--encoder-layers")),
    Option(
      "--decoder-layers", "count", "number of decoder layers", \.decoderLayers,
      limit: .training("--decoder-layers")),
    Option(
      "--size", "count", "model dimension (d_model), a multiple of the number of heads", \.size,
      limit: .training("--size")),
    Option(
      "--inner-size", "count", "dimension of the feed-forward networks", \.innerSize,
      limit: .training("--inner-size")),
    Option("--heads", "count", "number of attention heads", \.heads, limit: .training("--heads")),
    Option(
      "--activation", "name",
      "activation function of the feed-forward networks; reglu, geglu and swiglu add a third "
        + "matrix, so 2/3 of the inner size gives a model of the same size", \.activation),
    Option(
      "--norm", "place", "layer normalization after the residual sum (post) or before the sublayer (pre)",
      \.normPlacement),
    Option(
      "--tie", "which", "embedding matrices to share (default: all, or decoder with separate vocabularies)",
      \.tying),
    Option(
      "--positions", "name",
      "position encoding: "
        + PositionEncoding.allCases.map { "\($0.rawValue) \($0.summary)" }.joined(separator: ", "),
      \.positions),
    Option(
      "--decoder-cell", "name",
      "how the decoder reads the tokens before a position: self-attention, or the recurrent ssru or average-attention, whose "
        + "steps cost the same at every position", \.decoderCell),
    Option("--bias-free", "omit the biases of linear maps and layer norms", \.biasFree),
    Option(
      "--initialization", "name",
      "weight initialization; depth-scaled divides glorot by the square root of the layer's "
        + "number, for deep models; normal has standard deviation 0.02", \.initialization),
  ]
}

extension PositionEncoding {
  /// What it does, as a phrase that follows its name in help texts.
  fileprivate var summary: String {
    switch self {
    case .sinusoidal: "adds sines to embeddings"
    case .learned: "adds a learned table, which ends at the longest sentence of training"
    case .rotary: "turns queries and keys of self-attention"
    case .alibi: "lowers scores of self-attention with distance"
    }
  }
}
