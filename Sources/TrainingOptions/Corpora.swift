public import CommandLineArguments
public import TrainingSession

extension CorporaRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Several corpora and tags"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--train-weight", "number",
      "number of times each pair is seen per epoch, given once for each pair of training files, "
        + "in order; with 0.5, half of the pairs in one epoch and the other half in the next "
        + "(default: 1 for all)",
      \.trainWeight, limit: .training("--train-weight")),
    Option(
      "--prefix-source", "tag",
      "tag (see build-vocab --tag) to put before each source line, given once for all files or "
        + "once for each pair of training files, in order; \"\" if the lines have their own tags",
      \.prefixSource),
    Option(
      "--valid-prefix-source", "tag",
      "like --prefix-source, for the validation text (default: --prefix-source, if it is given "
        + "once for all)",
      \.validPrefixSource),
  ]

  /// Paragraphs of the help text.
  package static let discussion = """
    --train-weight makes a file count more or less than its size: each of its pairs is seen that many times per \
    epoch. Fractions add up over epochs, so the counts of any two pairs of a file never differ by more than one. \
    --bpe-dropout segments a pair once per epoch, even if it is seen twice.

    --prefix-source puts a tag before every source line of a file. Lines may also have their own tags; in a file \
    with --prefix-source these are plain text, and the report before training counts them.
    """
}
