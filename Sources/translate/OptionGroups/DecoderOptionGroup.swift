public import CommandLineArguments
import Decoding
import Formatting
public import Translation

extension DecoderChoice: ArgumentValue {}

/// Which decoder to use, and how a non-autoregressive one searches.
struct DecoderOptionGroup: OptionGroup {
  var decoder: DecoderChoice?
  var draftThreshold = TranslationRequest().draftThreshold
  var iterations = NonautoregressiveSearchOptions().iterations
  var lengthBeam = NonautoregressiveSearchOptions().lengthBeam

  static let title = "Non-autoregressive models"
  static let options: [Option<Self>] = [
    Option(
      "--decoder", "which",
      "decoder to use; 'auto' drafts with the non-autoregressive one and falls back to the autoregressive one if it "
        + "scores the draft poorly (default: auto, or the model's only decoder)", \.decoder),
    Option(
      "--draft-threshold", "number", "mean log-probability per token below which 'auto' rejects a draft",
      \.draftThreshold, limit: .between(-1000, 0)),
    Option(
      "--iterations", "count", "iterations of mask-predict", \.iterations,
      limit: .between(1, 1000)),
    Option(
      "--length-beam", "count", "number of target lengths to try", \.lengthBeam,
      limit: .between(1, 1000)),
  ]

  func apply(to request: inout TranslationRequest) {
    (request.decoder, request.draftThreshold) = (decoder, draftThreshold)
    request.search.nonautoregressive.iterations = iterations
    request.search.nonautoregressive.lengthBeam = lengthBeam
  }
}
