public import CommandLineArguments
import Formatting
public import Translation

extension ComputeChoice: ArgumentValue {}

/// How much is translated in parallel.
struct SpeedOptionGroup: OptionGroup {
  var threads = TranslationOptions().threads
  var batchTokens = TranslationOptions().batchTokens
  var batchSize = TranslationOptions().batchSize

  var compute = TranslationOptions().compute
  var shortlist = ""

  static let title = "Speed and memory"
  static let options: [Option<Self>] = [
    Option("--threads", "count", "batches translated in parallel", \.threads, limit: .between(1, 1024))
      .common,
    Option(
      "--batch-tokens", "count", "maximum source tokens per batch", \.batchTokens,
      limit: .between(1, 10_000_000)),
    Option("--batch-size", "count", "maximum sentences per batch", \.batchSize, limit: .between(1, 100_000)),
    Option(
      "--compute", "type",
      "what matrix products compute with: int8 rounds weights to bytes and is faster; stored means int8 if the weights "
        + "are stored as int8, otherwise float32; auto measures which is faster on this machine", \.compute
    )
    .common,
    Option(
      "--shortlist", "file",
      "lexical shortlist of the tokens that source tokens may be translated to, in Bergamot's format or as text, instead of the "
        + "model's; none for all tokens", \.shortlist),
  ]

  func apply(to options: inout TranslationOptions) {
    (options.threads, options.batchTokens, options.batchSize) = (threads, batchTokens, batchSize)
    options.compute = compute
    options.shortlist = shortlist.isEmpty ? .ofModel : shortlist == "none" ? .none : .file(shortlist)
  }
}
