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
    Option("--train-source", "file", "source side of the training text", \.trainSource)
      .required(unless: "--train or --train-corpus is given"),
    Option("--train-target", "file", "target side of the training text", \.trainTarget)
      .required(unless: "--train or --train-corpus is given"),
    Option(
      "--train", "file",
      "both sides of training text: TMX, XLIFF, PO, TSV or another format of convert-corpus", \.train
    ).common,
    Option(
      "--train-corpus", "folder",
      "corpus of prepare-corpus, in place of other training text: for more than fits into memory",
      \.trainCorpus
    ).common,
    Option(
      "--valid-source", "file", "source side of the validation text",
      \.validSource
    ).required(unless: "--valid or --preset auto is given"),
    Option(
      "--valid-target", "file", "target side of the validation text",
      \.validTarget
    ).required(unless: "--valid or --preset auto is given"),
    Option("--valid", "file", "both sides of validation text, like --train", \.valid).common,
    Option(
      "--keep-tags",
      "keep the code of formatting tags in --train and --valid as text, instead of removing it",
      \.keepsTags),
    Option("--model", short: "m", "folder", "output folder for the model", \.model, required: true),
    Option("--resume", "resume an interrupted run; its other options need not be given again", \.resume)
      .common,
    Option("--overwrite", "start over in a folder that already holds a model", \.overwrite).common,
  ]
}
