import CommandLineArguments
import Translation

/// How much is translated at the same time.
struct SpeedOptionGroup: OptionGroup {
  var threads = TranslationOptions().threads
  var batchTokens = TranslationOptions().batchTokens
  var batchSize = TranslationOptions().batchSize
  var maxSourceLength = TranslationOptions().maxSourceLength

  static let title = "Speed and memory"
  static let options: [Option<Self>] = [
    Option("--threads", "count", "batches translated at the same time", \.threads, limit: .between(1, 1024)),
    Option(
      "--batch-tokens", "count", "source tokens in a batch", \.batchTokens, limit: .between(1, 10_000_000)),
    Option("--batch-size", "count", "sentences in a batch", \.batchSize, limit: .between(1, 100_000)),
    Option(
      "--max-source-length", "count", "tokens above which a line is translated in pieces",
      \.maxSourceLength, limit: .between(1, 100_000)),
  ]

  func apply(to options: inout TranslationOptions) {
    (options.threads, options.maxSourceLength) = (threads, maxSourceLength)
    (options.batchTokens, options.batchSize) = (batchTokens, batchSize)
  }
}
