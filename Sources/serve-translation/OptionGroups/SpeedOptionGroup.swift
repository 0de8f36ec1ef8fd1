public import CommandLineArguments
import Formatting
public import Translation

extension ComputeChoice: ArgumentValue {}

/// How texts are translated.
struct SpeedOptionGroup: OptionGroup {
  var beam = 4
  var threads = TranslationOptions().threads
  var batchTokens = TranslationOptions().batchTokens
  var compute = TranslationOptions().compute

  static let title = "Speed"
  static let options: [Option<Self>] = [
    Option("--beam", short: "b", "count", "beam size; 1 is fastest", \.beam, limit: .between(1, 1000)),
    Option(
      "--threads", "count", "batches of a model translated in parallel", \.threads, limit: .between(1, 1024)),
    Option(
      "--batch-tokens", "count", "maximum source tokens per batch", \.batchTokens,
      limit: .between(1, 10_000_000)),
    Option(
      "--compute", "type",
      "what matrix products compute with: int8 rounds weights to bytes and is faster; stored means int8 if the weights "
        + "are stored as int8, otherwise float32; auto measures which is faster on this machine", \.compute),
  ]

  func apply(to options: inout TranslationOptions) {
    (options.threads, options.batchTokens) = (threads, batchTokens)
    options.compute = compute
  }
}
