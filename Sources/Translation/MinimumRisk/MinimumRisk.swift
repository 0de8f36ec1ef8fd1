public import Decoding

/// Minimum Bayes risk decoding: of many translations, the one that agrees most with all of them.
///
/// A search finds the most probable translation, which may be an odd one: too short, or one of many that say something else
/// than most do. Here the candidates vote: each one's expected utility is its mean chrF against all candidates. Several equal
/// ones count several times.
///
/// Source: Eikema and Aziz 2022, "Sampling-Based Approximations to Minimum Bayes Risk Decoding for Neural Machine
/// Translation", section 3; Kumar and Byrne 2004, "Minimum Bayes-Risk Decoding for Statistical Machine Translation", for lists
/// of a beam.
public struct MinimumRisk: Sendable, Equatable {
  /// Where candidates come from.
  public enum Source: String, Sendable, CaseIterable {
    /// Sampling, as ``SearchOptions/sampling`` says; ``MinimumRisk/usualSampling`` if it is nil.
    case samples
    /// The best of a search, weighted by their probability. The beam is as wide as the number of candidates, unless
    /// ``SearchOptions/beamSize`` says otherwise.
    case beam
  }

  /// The number of candidates for each sentence, from 2 to 1000.
  public var candidates: Int
  /// Where they come from.
  public var source: Source

  /// By default, samples.
  public init(candidates: Int, from source: Source = .samples) {
    (self.candidates, self.source) = (candidates, source)
  }

  /// Epsilon sampling with 0.02.
  ///
  /// Source: Freitag, Ghorbani and Fernandes 2023, "Epsilon Sampling Rocks: Investigating Sampling Strategies for Minimum Bayes
  /// Risk Decoding for Machine Translation".
  public static let usualSampling = Sampling(epsilon: 0.02)

  /// The options by which candidates are found.
  func options(_ search: SearchOptions) -> SearchOptions {
    var options = search
    (options.nBest, options.computesScores) = (candidates, true)
    switch source {
    case .samples: options.sampling = search.sampling ?? Self.usualSampling
    case .beam: options.beamSize = search.beamSize ?? candidates
    }
    return options
  }

  /// Checks the number of candidates, of which `nBest` are wanted.
  func validate(nBest: Int) throws(TranslationError) {
    try requireRange("number of candidates", candidates, 2...1000)
    guard nBest <= candidates else {
      throw .search(
        .outOfRange(
          option: "number of best translations", found: "\(nBest)",
          expected: "at most the number of candidates, \(candidates)"))
    }
  }

  /// Checks that a decoder can find several candidates in this way.
  func checkUse(by decoder: DecoderKind) throws(TranslationError) {
    if source == .samples, decoder != .autoregressive {
      throw .search(
        .outOfRange(
          option: "--mbr-from", found: Source.samples.rawValue,
          expected: "\(Source.beam.rawValue) with \(decoder), which does not sample"))
    }
    guard decoder.findsSeveral else {
      throw .search(
        .unused(option: "--mbr", decoder: decoder, purpose: "decoders that find several translations"))
    }
  }
}
