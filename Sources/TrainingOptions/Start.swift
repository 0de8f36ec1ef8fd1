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
      "model to start from: its weights, architecture and vocabulary are reused, the optimizer "
        + "and the learning rate start fresh",
      \.folder),
    Option(
      "--replay", "file",
      "source text that this model translates first; the pairs are mixed into the training text, so that it does not forget "
        + "what it can do", \.replay),
    Option(
      "--replay-weight", "number", "number of times each pair of --replay is seen per epoch", \.replayWeight,
      limit: .training("--replay-weight")),
    Option(
      "--extend-vocab", "file",
      "tokens to add to its vocabulary, one on each line; or 'auto', for characters of the training text that it does not have; "
        + "repeat for more", \.extendVocabulary),
    Option("--extend-tag", "tag", "tag to add to its vocabulary; repeat for more", \.extendTags),
    Option(
      "--extend-spans", "count",
      "number of span tokens that its vocabulary is to have, <span1> and so on, for text that translations copy; "
        + "--train-spans trains them", \.extendSpans, limit: .training("--extend-spans")),
    Option(
      "--extend-terms",
      "give its vocabulary the marks of terms, <term>, <as> and </term>, which --annotate-terms trains",
      \.extendTerms),
    Option(
      "--extend-count", "count", "how often the training text must have a character for --extend-vocab auto",
      \.extendCount, limit: .training("--extend-count")),
    Option("--freeze", "part", "part of that model to keep unchanged; see below", \.freeze),
  ]

  /// A paragraph of the help text.
  package static let discussion = """
    --initialize-from reuses the weights of another model folder with its architecture and vocabulary; dropout rates \
    may differ. The optimizer starts fresh and the schedule starts at update 0: the learning rate warms up for \
    --warmup updates to --learning-rate, which should be well below that of training from scratch (both default to \
    values for the model size). --freeze keeps a part of the weights unchanged: embeddings (the tables of both \
    sides, and the output layer if it is tied to them), encoder and decoder (their layers without embeddings), \
    output (an untied output layer). A model that learns a small text forgets others. --replay mixes in lines of general \
    text with the model's own translations of them, which are kept in MODEL/replayed. The model is validated before its first update; if training never makes it \
    better, it is saved unchanged. --extend-vocab, --extend-tag, --extend-spans and --extend-terms give the model tokens that it lacks, with ids after \
    all others, so that other text is translated as before: a new token starts as the mean of those that spelled it, or of \
    all tokens if its text was unknown, and is learned from the training text, which should have it often. Resuming does not need the original model.
    """
}
