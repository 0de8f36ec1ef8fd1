public import CommandLineArguments
public import TrainingSession

extension RecordRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Watching the training"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--tensorboard", "folder",
      "write curves, sample translations and histograms of gradients for TensorBoard, and scalars.csv, into this folder",
      \.tensorBoard),
    Option(
      "--report", "file.html",
      "write a report of the training into this HTML file, again after each validation", \.report),
  ]

  /// Paragraphs of the help text.
  package static let discussion = """
    MODEL/train.jsonl has a line for every --log-every updates and every validation, MODEL/samples.jsonl the translations \
    of some validation sentences in each validation. --tensorboard DIR writes both as event files, which 'tensorboard \
    --logdir DIR' shows while the training runs: losses, scores, learning rate, speed, memory, sample \
    translations, and for each layer how the norms of its gradients are distributed. DIR/scalars.csv has the same \
    numbers as a table. Give each training a folder of its own, in a common folder to compare them. A training that is \
    resumed continues its curves.

    --report FILE writes one HTML file that needs nothing else: losses, scores, learning rate, speed and memory as \
    curves, sample translations as they become better, attention by layer and head, word alignments, lengths and \
    subwords of the training text, confidence, and where the model comes from. While the training runs, the file is \
    replaced after each validation: reload it in the browser. If the files of --tensorboard or --report cannot be \
    written while the training runs, that is said, and the training continues.
    """
}
