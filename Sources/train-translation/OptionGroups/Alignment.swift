public import CommandLineArguments
public import TrainingSession

extension AlignmentRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Guided alignment"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--guided-alignment", "file",
      "alignments of the training text, for attention to follow: one file for each --train-source; see below",
      \.files),
    Option(
      "--guided-alignment-weight", "weight", "of its loss beside that of translating (default: 0.1)",
      \.weight, limit: .above(0, atMost: 1000)),
    Option(
      "--guided-alignment-layer", "number",
      "decoder layer that is taught, from 1 (default: the last but one, or the only one)", \.layer,
      limit: .between(1, 256)),
    Option(
      "--guided-alignment-heads", "count", "first heads of it whose mean is taught (default: 1)", \.heads,
      limit: .between(1, 256)),
  ]

  /// A paragraph of the help text.
  static let discussion = """
    --guided-alignment takes what fast_align and eflomal write: for each pair a line such as 0-0 1-2 2-1, words of the \
    source and of the target counted from 0; an empty line aligns none. With --tokenizer whitespace words are what \
    stands between spaces, else the tokens of the vocabulary's tokenizer, as build-vocab --print-source-words and \
    --print-target-words print them: align that text. Every subword of a word is linked to every subword of the \
    other, and each of a target token's links counts the same. The loss in the log is alignment_loss.
    """
}
