public import CommandLineArguments
import Decoding
import Formatting
public import Translation

extension DecoderChoice: ArgumentValue {}

/// Which decoder to use, and how a non-autoregressive one searches.
struct DecoderOptionGroup: OptionGroup {
  var decoder: DecoderChoice?
  var draftThreshold: Double?
  var iterations: Int?
  var lengthBeam: Int?

  static let title = "Non-autoregressive models"
  static let options: [Option<Self>] = [
    Option(
      "--decoder", "which",
      "decoder to use; 'auto' drafts with the non-autoregressive one and falls back to the autoregressive one if it "
        + "scores the draft poorly (default: auto, or the model's only decoder)", \.decoder),
    Option(
      "--draft-threshold", "number",
      "mean log-probability per token below which 'auto' rejects a draft (default: -0.4)",
      \.draftThreshold, limit: .between(-1000, 0)),
    Option(
      "--iterations", "count", "iterations of mask-predict (default: 4)", \.iterations,
      limit: .between(1, 1000)),
    Option(
      "--length-beam", "count",
      "number of target lengths to try, if the model predicts lengths (default: --beam, or 5)", \.lengthBeam,
      limit: .between(1, 1000)),
  ]

  func apply(to request: inout TranslationRequest) {
    (request.decoder, request.draftThreshold) = (decoder, draftThreshold)
    request.search.nonautoregressive.iterations = iterations
    request.search.nonautoregressive.lengthBeam = lengthBeam
  }
}
