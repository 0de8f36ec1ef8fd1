public import CommandLineArguments
public import TrainingSession

extension AlignmentRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Guided alignment"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--guided-alignment", "file",
      "word alignments of the training text to supervise attention with, one file for each "
        + "--train-source; or auto, to make them; or none (default: auto for --preset student); see below",
      \.files),
    Option(
      "--guided-alignment-weight", "weight", "weight of the alignment loss (default: 0.1)",
      \.weight, limit: .training("--guided-alignment-weight")),
    Option(
      "--guided-alignment-layer", "number",
      "decoder layer to supervise, counted from 1 (default: the last but one, or the only one)", \.layer,
      limit: .training("--guided-alignment-layer")),
    Option(
      "--guided-alignment-heads", "count",
      "number of heads whose mean is supervised, from the first (default: 1)", \.heads,
      limit: .training("--guided-alignment-heads")),
  ]

  /// A paragraph of the help text.
  package static let discussion = """
    --guided-alignment reads the output of fast_align and eflomal: one line per pair, such as 0-0 1-2 2-1, with \
    source and target words counted from 0; an empty line has no links. With --tokenizer whitespace, words are \
    separated by spaces; otherwise they are the tokens of the vocabulary's tokenizer, as printed by build-vocab \
    --print-source-words and --print-target-words: align that text, or use align-text --vocab. With auto, the training \
    text is aligned as align-text does it, also the translations of --distill-from and --replay; the links are kept in \
    MODEL/aligned, and a model of --preset student gets a lexical shortlist made of them. Every subword of a word is linked to every \
    subword of the other word, and all links of a target token have equal weight. The log shows the loss as \
    alignment_loss.
    """
}
