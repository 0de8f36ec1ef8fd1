import CommandLineArguments
import Formatting
import Serving

/// What clients may ask for.
struct LimitOptionGroup: OptionGroup {
  var characters: Int?
  var batch: Int?
  var alternatives: Int?
  var body = ByteCount(4 << 20)
  var file = ByteCount(32 << 20)
  var connections = 10_000
  var waitingTokens = 65_536

  static let title = "Limits"
  static let options: [Option<Self>] = [
    Option(
      "--char-limit", "count", "characters of a text of LibreTranslate's clients", \.characters,
      limit: .atLeast(1)),
    Option(
      "--batch-limit", "count", "texts of a request of LibreTranslate's clients", \.batch, limit: .atLeast(1)),
    Option(
      "--alternatives-limit", "count", "other translations of a text (default: 100)", \.alternatives,
      limit: .between(0, 100)),
    Option(
      "--max-request", "size", "size of a request without a file", \.body, limit: .between(1024, 0x1p30)),
    Option("--max-file", "size", "size of a file to translate", \.file, limit: .between(1024, 0x1p30)),
    Option(
      "--max-waiting", "count", "source tokens in a model's queue; what does not fit is told to come back",
      \.waitingTokens, limit: .between(1, 1_000_000_000)),
    Option(
      "--max-connections", "count", "open connections; further ones are closed", \.connections,
      limit: .between(1, 1_000_000)),
  ]

  func apply(to options: inout TranslationServer.Options) {
    options.characterLimit = characters
    options.batchLimit = batch
    options.alternativesLimit = alternatives
    options.bodyLimit = body.bytes
    options.fileLimit = file.bytes
  }
}
