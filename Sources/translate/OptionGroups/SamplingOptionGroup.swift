import CommandLineArguments
import Decoding
import Formatting
import Translation

/// Random sampling instead of search.
struct SamplingOptionGroup: OptionGroup {
  var isOn = false
  var sampling = Sampling()

  static let title = "Sampling"
  static let options: [Option<Self>] = [
    Option("--sample", "sample tokens at random instead of searching; autoregressive decoders only", \.isOn),
    Option(
      "--temperature", "number", "sampling temperature; below 1 is safer, above 1 more diverse",
      \.sampling.temperature, limit: .between(0.001, 1000)
    ).only(with: \.isOn),
    Option(
      "--top-k", "count", "sample only from this many most probable tokens; 0 for all", \.sampling.topK,
      limit: .atLeast(0)
    ).only(with: \.isOn),
    Option(
      "--top-p", "probability",
      "sample only from the most probable tokens whose probabilities add up to this",
      \.sampling.topP, limit: .above(0, atMost: 1)
    ).only(with: \.isOn),
    Option(
      "--min-p", "share",
      "sample only from tokens with at least this share of the most probable one's probability; 0 for all",
      \.sampling.minP, limit: .rate
    ).only(with: \.isOn),
    Option(
      "--epsilon", "probability",
      "epsilon sampling: only from tokens with at least this probability, such as 0.02; 0 for all",
      \.sampling.epsilon, limit: .rate
    ).only(with: \.isOn),
    Option(
      "--eta", "probability",
      "eta sampling: like --epsilon, but lower where the model is unsure, such as 0.01; 0 for all",
      \.sampling.eta, limit: .rate
    ).only(with: \.isOn),
    Option("--seed", "number", "random seed of sampling", \.sampling.seed).only(with: \.isOn),
  ]

  func apply(to request: inout TranslationRequest) {
    if isOn { request.search.sampling = sampling }
  }
}
