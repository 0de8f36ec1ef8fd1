public import CommandLineArguments
import Decoding
import Formatting
public import Translation

extension MinimumRisk.Source: ArgumentValue {}

/// Random sampling instead of search, and the choice of the translation that agrees most with others.
struct SamplingOptionGroup: OptionGroup {
  var isOn = false
  var candidates: Int?
  var source = MinimumRisk.Source.samples
  var sampling = Sampling()
  var epsilon: Double?

  static let title = "Sampling and minimum risk"
  static let options: [Option<Self>] = [
    Option("--sample", "sample tokens at random instead of searching; autoregressive decoders only", \.isOn),
    Option(
      "--mbr", "count",
      "minimum Bayes risk: choose, from this many candidates, the translation whose mean chrF against all of them is "
        + "highest, such as 100; --n-best prints the best of them, --json their utility", \.candidates,
      limit: .between(2, 1000)
    ).conflicts(with: \.isOn),
    Option(
      "--mbr-from", "source",
      "candidates of --mbr: samples, drawn with --epsilon 0.02 unless other options of sampling are given; or the beam, "
        + "as wide as their number unless --beam says otherwise", \.source
    ).only(with: \.candidates),
    Option(
      "--temperature", "number", "sampling temperature; below 1 is safer, above 1 more diverse",
      \.sampling.temperature, limit: .between(0.001, 1000)
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option(
      "--top-k", "count", "sample only from this many most probable tokens; 0 for all", \.sampling.topK,
      limit: .atLeast(0)
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option(
      "--top-p", "probability",
      "sample only from the most probable tokens whose probabilities add up to this",
      \.sampling.topP, limit: .above(0, atMost: 1)
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option(
      "--min-p", "share",
      "sample only from tokens with at least this share of the most probable one's probability; 0 for all",
      \.sampling.minP, limit: .rate
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option(
      "--epsilon", "probability",
      "epsilon sampling: only from tokens with at least this probability, such as 0.02; 0 for all",
      \.epsilon, limit: .rate
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option(
      "--eta", "probability",
      "eta sampling: like --epsilon, but lower where the model is unsure, such as 0.01; 0 for all",
      \.sampling.eta, limit: .rate
    ).only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
    Option("--seed", "number", "random seed of sampling", \.sampling.seed)
      .only(withOneOf: \.isOn, \.candidates).conflicts(with: \.source, .beam),
  ]

  func apply(to request: inout TranslationRequest) {
    request.minimumRisk = candidates.map { MinimumRisk(candidates: $0, from: source) }
    guard isOn || candidates != nil && source == .samples else { return }
    var sampling = sampling
    let isUsual = sampling == Sampling(seed: sampling.seed)
    sampling.epsilon =
      epsilon ?? (candidates != nil && isUsual ? MinimumRisk.usualSampling.epsilon : 0)
    request.search.sampling = sampling
  }
}
