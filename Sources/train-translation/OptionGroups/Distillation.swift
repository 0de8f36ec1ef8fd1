public import CommandLineArguments
public import TrainingSession

extension DistillationRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Distillation"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--distill-from", "folder",
      "model whose translations of the training text are learned instead of those given; they are kept in "
        + "MODEL/distilled", \.teacher),
    Option(
      "--distill-beam", "count", "hypotheses that it keeps at each step", \.beam, limit: .between(1, 1000)),
    Option(
      "--distill-with-original", "learn the given translations as well: each source sentence is there twice",
      \.withOriginal),
  ]

  /// A paragraph of the help text.
  static let discussion = """
    --distill-from TEACHER translates the training text first, and learns the translations: meant for a \
    non-autoregressive decoder, or for a small model. They are kept in MODEL/distilled; a training that is interrupted \
    meanwhile continues with the same command.
    """
}
