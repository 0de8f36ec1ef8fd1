/// What a user can choose about a search; checked when the strategy is made.
public struct SearchOptions: Sendable, Equatable {
  /// Hypotheses kept for each sentence; 1 is greedy search.
  public var beamSize = 5
  /// Translations returned for each sentence.
  public var nBest = 1
  /// How hypotheses of different length are compared.
  public var lengthPenalty = LengthPenalty.normalized(alpha: 1)
  /// How long a translation may be.
  public var limits = SearchLimits()
  /// Whether a sentence is done as soon as ``nBest`` hypotheses have ended.
  public var stopsEagerly = false
  /// Whether greedy search computes probabilities, which it can do without; if not, scores are NaN.
  public var scores = true
  /// Draws at random instead of searching, where set; ``beamSize`` is without meaning then.
  public var sampling: Sampling?

  /// A beam of 5 and one translation.
  public init() {}

  /// The strategy for these options.
  public func makeStrategy() throws(SearchOptionsError) -> any SearchStrategy {
    try validate()
    if let sampling {
      return SamplingSearch(sampling, count: nBest, limits: limits, lengthPenalty: lengthPenalty)
    }
    if beamSize == 1 { return GreedySearch(limits: limits, lengthPenalty: lengthPenalty, scores: scores) }
    return BeamSearch(
      beamSize: beamSize, nBest: nBest, lengthPenalty: lengthPenalty, limits: limits,
      stopsEagerly: stopsEagerly)
  }

  /// Checks every option.
  public func validate() throws(SearchOptionsError) {
    try require(1...1000 ~= beamSize, "beam size", beamSize, "a whole number from 1 to 1000")
    try require(1...1000 ~= nBest, "number of best translations", nBest, "a whole number from 1 to 1000")
    try require(
      0...100 ~= lengthPenalty.alpha, "length penalty", lengthPenalty.alpha, "a number from 0 to 100")
    try require(
      0...1000 ~= limits.maxLengthRatio, "maximum length ratio", limits.maxLengthRatio,
      "a number from 0 to 1000")
    try require(
      1...100_000 ~= limits.maxLengthExtra, "maximum length beyond the ratio", limits.maxLengthExtra,
      "a whole number from 1 to 100000")
    if let sampling {
      try sampling.validate()
    } else if nBest > beamSize {
      throw .moreThanBeam(nBest: nBest, beamSize: beamSize)
    }
  }
}

extension Sampling {
  func validate() throws(SearchOptionsError) {
    try require(
      temperature >= 0.001 && temperature <= 1000, "temperature", temperature, "a number from 0.001 to 1000")
    try require(topK >= 0, "top-k", topK, "0 for all tokens, or how many")
    try require(topP > 0 && topP <= 1, "top-p", topP, "a number above 0, at most 1")
  }
}

func require(
  _ isValid: Bool, _ name: String, _ found: some CustomStringConvertible, _ expected: String
) throws(SearchOptionsError) {
  if !isValid { throw .outOfRange(option: name, found: found.description, expected: expected) }
}
