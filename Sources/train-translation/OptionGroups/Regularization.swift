public import CommandLineArguments
public import TrainingSession

extension RegularizationRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Regularization"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--dropout", "rate", "of embeddings and sublayers (default: the preset's)", \.dropout, limit: .rate),
    Option("--attention-dropout", "rate", "of attention weights", \.attentionDropout, limit: .rate),
    Option(
      "--activation-dropout", "rate", "inside the feed-forward networks", \.activationDropout, limit: .rate),
    Option(
      "--word-dropout", "rate",
      "words whose whole embedding is left out, of the source and of what the decoder reads; typically 0.1",
      \.wordDropout, limit: .rate),
    Option(
      "--layer-drop", "rate", "layers that an update does without, for deep models; typically 0.1",
      \.layerDrop, limit: .rate),
    Option(
      "--label-smoothing", "share", "probability spread over all tokens", \.labelSmoothing, limit: .rate),
    Option(
      "--r-drop", "weight",
      "of how far two passes of a pair with different dropout lie apart: typically 5, 0 is off; twice the work",
      \.rDrop, limit: .atLeast(0)),
    Option(
      "--bpe-dropout", "rate", "merges left out at random, anew in every epoch", \.bpeDropout, limit: .rate),
    Option(
      "--copy-unknowns", "share",
      "pairs in which words of both sides are hidden, to learn to copy what cannot be spelled",
      \.copyUnknowns, limit: .rate),
  ]
}

extension ValueLimit {
  /// Of what is left out at random.
  static let rate = ValueLimit.atLeast(0, below: 1)
}
