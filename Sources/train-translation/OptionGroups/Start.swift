public import CommandLineArguments
public import Models
public import TrainingSession

extension ModelPart: ArgumentValue {}

extension StartRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Starting from another model"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--initialize-from", "folder",
      "model whose weights, architecture and vocabulary are taken over; optimizer and learning rate start anew",
      \.folder),
    Option("--freeze", "part", "weights that stay as they are in that model; see below", \.freeze),
  ]

  /// A paragraph of the help text.
  static let discussion = """
    --initialize-from takes over the weights of another model folder, with its architecture and vocabulary; rates of \
    dropout may differ. The optimizer knows nothing of what was before and the schedule starts at update 0: the \
    learning rate rises anew, for --warmup updates up to --learning-rate, which should be well below that of a \
    training from scratch (default of both: by the size of the model). --freeze keeps a part of the weights to the \
    bit: embeddings (the tables of both sides, and the output layer where it is tied to them), encoder and decoder \
    (their layers without embeddings), output (an output layer that is a matrix of its own). --resume no longer needs \
    the other model.
    """
}
