public import CommandLineArguments
public import TrainingSession

extension CorporaRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Several corpora and tags"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--train-weight", "number",
      "times that each pair is seen in an epoch, once for each pair of training files, in their order; 0.5: half of "
        + "the pairs in one epoch, the other half in the next (default: 1 for all)",
      \.trainWeight, limit: .above(0, atMost: 10_000)),
    Option(
      "--prefix-source", "tag",
      "tag of build-vocab --tag that precedes each source line: once for all files, or once for each pair of "
        + "training files, in their order; \"\" where lines have tags of their own",
      \.prefixSource),
    Option(
      "--valid-prefix-source", "tag",
      "the same for the validation text (default: --prefix-source, where that is one for all)",
      \.validPrefixSource),
  ]

  /// Paragraphs of the help text.
  static let discussion = """
    With --train-weight a file counts more or less than its size: each of its pairs is seen that many times in an \
    epoch. Fractions add up: after any number of epochs no pair of a file was seen more than once more than another. \
    A pair that is seen twice in an epoch is segmented once by --bpe-dropout.

    --prefix-source puts a tag before every source line of a file, as if the file had it in its first column. \
    Lines may as well have tags of their own; in a file with --prefix-source they are text, and the report before \
    training counts them.
    """
}
