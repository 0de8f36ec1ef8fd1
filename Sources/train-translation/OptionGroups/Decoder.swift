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
      "autoregressive predicts token after token, nonautoregressive all tokens at once; both share an encoder",
      \.name),
    Option(
      "--nat-method", "name",
      "how a non-autoregressive decoder predicts: ctc from the upsampled source, length from the source stretched to a "
        + "predicted length, mask-predict in several iterations", \.method),
    Option(
      "--nat-layers", "count", "layers of a non-autoregressive decoder (default: --decoder-layers)", \.layers,
      limit: .between(1, 256)),
    Option(
      "--upsampling", "count", "positions that ctc has for each source token (default: 2)", \.upsampling,
      limit: .between(1, 16)),
    Option(
      "--length-ending", "name",
      "with length: a predicted length, or the first </s> of as many tokens as there may be (default: predicted)",
      \.lengthEnding),
    Option(
      "--glancing", "share",
      "of a first draft's errors, for which length and ctc are shown the right tokens; typically 0.5, 0 is off",
      \.glancing, limit: .between(0, 1)),
    Option(
      "--glancing-end", "share",
      "to which it falls by --max-updates; typically 0.3 (default: --glancing)", \.glancingEnd,
      limit: .between(0, 1)),
  ]

  /// A paragraph of the help text.
  static let discussion = """
    --decoder nonautoregressive predicts all tokens of a translation at once. With --initialize-from MODEL it begins \
    with MODEL's encoder and the layers of its decoder, and learns faster than from scratch. Add such a decoder to a \
    model that translates well by --initialize-from MODEL --decoder both --freeze embeddings --freeze encoder \
    --freeze decoder: translate then drafts with it, and the other decoder judges. With both decoders, perplexity is \
    that of the autoregressive one, and BLEU and chrF are those of the other.
    """
}
