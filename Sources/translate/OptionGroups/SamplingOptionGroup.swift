import CommandLineArguments
import Decoding
import Translation

/// Tokens drawn at random.
struct SamplingOptionGroup: OptionGroup {
  var isOn = false
  var sampling = Sampling()

  static let title = "Sampling"
  static let options: [Option<Self>] = [
    Option("--sample", "draw tokens at random instead of searching", \.isOn),
    Option(
      "--temperature", "number", "below 1 for safer, above 1 for wilder translations",
      \.sampling.temperature, limit: .between(0.001, 1000)
    ).only(with: \.isOn),
    Option(
      "--top-k", "count", "draw from so many most probable tokens only; 0 for all", \.sampling.topK,
      limit: .atLeast(0)
    ).only(with: \.isOn),
    Option(
      "--top-p", "probability", "draw from the most probable tokens that reach this together",
      \.sampling.topP, limit: .between(0, 1)
    ).only(with: \.isOn),
    Option("--seed", "number", "the same seed draws the same", \.sampling.seed),
  ]

  func apply(to options: inout TranslationOptions) {
    if isOn { options.search.sampling = sampling }
  }
}
