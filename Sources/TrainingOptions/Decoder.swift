public import CommandLineArguments
public import Models
public import TrainingSession

extension DecoderName: ArgumentValue {}
extension NonautoregressiveMethod: ArgumentValue {}
extension LengthEnding: ArgumentValue {}

extension DecoderRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Decoder"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--decoder", "which",
      "decoders to train: autoregressive predicts tokens one by one, nonautoregressive all tokens "
        + "in parallel; both share the encoder",
      \.name),
    Option(
      "--nat-method", "name",
      "method of the non-autoregressive decoder: ctc upsamples the source, length stretches the "
        + "source to a predicted length, mask-predict refines its prediction iteratively", \.method),
    Option(
      "--nat-layers", "count",
      "number of layers of the non-autoregressive decoder (default: --decoder-layers)", \.layers,
      limit: .training("--nat-layers")),
    Option(
      "--upsampling", "count", "positions per source token, for ctc (default: 2)", \.upsampling,
      limit: .training("--upsampling")),
    Option(
      "--length-ending", "name",
      "how length decides where a translation ends: at a predicted length, or at the first </s> "
        + "among as many tokens as allowed (default: predicted)",
      \.lengthEnding),
    Option(
      "--glancing", "share",
      "share of a first draft's errors that length and ctc are shown the correct tokens for; "
        + "typically 0.5, 0 disables it",
      \.glancing, limit: .training("--glancing")),
    Option(
      "--glancing-end", "share",
      "share that --glancing decays to by --max-updates; typically 0.3 (default: --glancing)", \.glancingEnd,
      limit: .training("--glancing-end")),
  ]

  /// A paragraph of the help text.
  package static let discussion = """
    With --decoder nonautoregressive, all tokens of a translation are predicted in parallel. With --initialize-from \
    MODEL, such a decoder starts from MODEL's encoder and decoder layers and learns faster than from scratch. To add \
    one to a good model, use --initialize-from MODEL --decoder both --freeze embeddings --freeze encoder --freeze \
    decoder: translate then drafts with it, and the autoregressive decoder judges the drafts. With both decoders, \
    perplexity is that of the autoregressive one, BLEU and chrF are those of the non-autoregressive one.
    """
}
