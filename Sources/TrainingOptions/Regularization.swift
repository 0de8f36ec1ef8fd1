public import CommandLineArguments
public import TrainingSession

extension RegularizationRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Regularization"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--dropout", "rate", "dropout of embeddings and sublayers (default: from the preset)", \.dropout,
      limit: .training("--dropout")),
    Option(
      "--attention-dropout", "rate", "dropout of attention weights", \.attentionDropout,
      limit: .training("--attention-dropout")),
    Option(
      "--activation-dropout", "rate", "dropout inside the feed-forward networks", \.activationDropout,
      limit: .training("--activation-dropout")),
    Option(
      "--word-dropout", "rate",
      "probability of zeroing a word's whole embedding, on the source and in the decoder's input; "
        + "typically 0.1",
      \.wordDropout, limit: .training("--word-dropout")),
    Option(
      "--layer-drop", "rate",
      "probability of skipping a layer during an update, for deep models; typically 0.1",
      \.layerDrop, limit: .training("--layer-drop")),
    Option(
      "--label-smoothing", "share", "probability mass spread over all tokens", \.labelSmoothing,
      limit: .training("--label-smoothing")),
    Option(
      "--r-drop", "weight",
      "weight of R-Drop, which penalizes differing predictions under two dropout masks; typically "
        + "5, 0 disables it; doubles the cost",
      \.rDrop, limit: .training("--r-drop")),
    Option(
      "--bpe-dropout", "rate", "probability of skipping a BPE merge, drawn anew each epoch", \.bpeDropout,
      limit: .training("--bpe-dropout")),
    Option(
      "--copy-unknowns", "share",
      "share of pairs in which words common to both sides are masked, to learn to copy what "
        + "cannot be spelled",
      \.copyUnknowns, limit: .training("--copy-unknowns")),
    Option(
      "--train-spans", "share",
      "share of pairs in which span tokens, such as <span1>, stand for words and their translations, to learn to copy what "
        + "translate protects; no effect if the vocabulary has none (build-vocab --span-tokens)",
      \.trainSpans, limit: .training("--train-spans")),
    Option(
      "--annotate-terms", "share",
      "share of pairs whose source has the translations of some of its words behind them, to learn to use, and inflect, those "
        + "of translate --glossary; the vocabulary needs build-vocab --term-marks",
      \.annotateTerms, limit: .training("--annotate-terms")),
  ]
}
