public import CommandLineArguments
public import TrainingSession

extension FilesRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Files (plain or gzip; repeat an option for several files)"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--vocab", "folder",
      "what build-vocab wrote (not needed with --preset auto and --initialize-from)", \.vocabulary,
      required: true),
    Option("--train-source", "file", "source side of the training text", \.trainSource, required: true),
    Option("--train-target", "file", "target side of the training text", \.trainTarget, required: true),
    Option(
      "--valid-source", "file", "source side of the validation text (not needed with --preset auto)",
      \.validSource, required: true),
    Option(
      "--valid-target", "file", "target side of the validation text (not needed with --preset auto)",
      \.validTarget, required: true),
    Option("--model", short: "m", "folder", "where the model goes", \.model, required: true),
    Option("--resume", "resume a training that was interrupted", \.resume),
    Option("--overwrite", "start anew in a folder that holds a model", \.overwrite),
  ]
}
