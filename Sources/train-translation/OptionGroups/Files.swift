public import CommandLineArguments
public import TrainingSession

extension FilesRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Files (plain or gzip; repeat an option for several files)"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--vocab", "folder",
      "vocabulary folder of build-vocab", \.vocabulary
    ).required(unless: "--preset auto, --initialize-from or --distill-from is given"),
    Option("--train-source", "file", "source side of the training text", \.trainSource, required: true),
    Option("--train-target", "file", "target side of the training text", \.trainTarget, required: true),
    Option(
      "--valid-source", "file", "source side of the validation text",
      \.validSource
    ).required(unless: "--preset auto is given"),
    Option(
      "--valid-target", "file", "target side of the validation text",
      \.validTarget
    ).required(unless: "--preset auto is given"),
    Option("--model", short: "m", "folder", "output folder for the model", \.model, required: true),
    Option("--resume", "resume an interrupted run; its other options need not be given again", \.resume)
      .common,
    Option("--overwrite", "start over in a folder that already holds a model", \.overwrite).common,
  ]
}
