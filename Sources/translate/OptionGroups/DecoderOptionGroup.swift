public import CommandLineArguments
import Decoding
public import Translation

extension DecoderChoice: ArgumentValue {}

/// Which decoder translates, and how one that predicts all tokens at once does.
struct DecoderOptionGroup: OptionGroup {
  var decoder: DecoderChoice?
  var draftThreshold = TranslationOptions().draftThreshold
  var iterations = NonautoregressiveSearchOptions().iterations
  var lengthBeam = NonautoregressiveSearchOptions().lengthBeam

  static let title = "Models that predict all tokens at once"
  static let options: [Option<Self>] = [
    Option(
      "--decoder", "which",
      "of a model with both; auto scores what all tokens at once give, and translates token by token where that is "
        + "poor (default: auto, of a model with one that one)", \.decoder),
    Option(
      "--draft-threshold", "number", "mean log-probability of a token below which auto does so",
      \.draftThreshold, limit: .between(-1000, 0)),
    Option(
      "--iterations", "count", "predictions of mask-predict, each better than the one before", \.iterations,
      limit: .between(1, 1000)),
    Option(
      "--length-beam", "count", "lengths of a translation that are tried", \.lengthBeam,
      limit: .between(1, 1000)),
  ]

  func apply(to options: inout TranslationOptions) {
    (options.decoder, options.draftThreshold) = (decoder, draftThreshold)
    options.search.nonautoregressive.iterations = iterations
    options.search.nonautoregressive.lengthBeam = lengthBeam
  }
}
