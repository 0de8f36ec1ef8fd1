/// What a user can choose about a search; ``SearchPlan`` checks it.
public struct SearchOptions: Sendable, Equatable {
  /// Hypotheses kept for each sentence; 1 is greedy search.
  ///
  /// Nil: 5 where tokens are predicted one by one; with ``NonautoregressiveMethod/ctc`` as many as translations are
  /// returned.
  public var beamSize: Int?
  /// Translations returned for each sentence, where the search finds as many.
  public var nBest = 1
  /// How hypotheses are scored.
  public var scoring = ScoringOptions()
  /// How long a translation may be.
  public var limits = SearchLimits()
  /// Whether a sentence is done as soon as ``nBest`` hypotheses have ended.
  public var stopsEagerly = false
  /// Whether a greedy search computes probabilities, which it can do without; if not, scores are NaN, and most of the
  /// output layer's work is spared.
  public var computesScores = true
  /// Draws at random instead of searching, where set; ``beamSize`` is without meaning then.
  public var sampling: Sampling?
  /// What concerns models that predict all tokens at once.
  public var nonautoregressive = NonautoregressiveSearchOptions()

  /// The usual beam and one translation.
  public init() {}

  /// Hypotheses kept where tokens are predicted one by one.
  var autoregressiveBeamSize: Int { beamSize ?? 5 }

  /// Checks everything but ``scoring``, which checks itself.
  func checkRanges() throws(SearchOptionsError) {
    let beamSize = autoregressiveBeamSize
    try require(1...1000 ~= beamSize, "beam size", beamSize, "a whole number from 1 to 1000")
    try require(1...1000 ~= nBest, "number of best translations", nBest, "a whole number from 1 to 1000")
    try limits.checkRanges()
    try nonautoregressive.checkRanges()
    if let sampling {
      try sampling.checkRanges()
    } else if nBest > beamSize {
      throw .moreThanBeam(nBest: nBest, beamSize: beamSize)
    }
  }
}

extension SearchLimits {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    try require(
      0...1000 ~= maxLengthRatio, "maximum length ratio", maxLengthRatio, "a number from 0 to 1000")
    try require(
      1...100_000 ~= maxLengthExtra, "maximum length beyond the ratio", maxLengthExtra,
      "a whole number from 1 to 100000")
  }
}

extension Sampling {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    try require(
      temperature >= 0.001 && temperature <= 1000, "temperature", temperature, "a number from 0.001 to 1000")
    try require(topK >= 0, "top-k", topK, "0 for all tokens, or how many")
    try require(topP > 0 && topP <= 1, "top-p", topP, "a number above 0, at most 1")
  }
}

extension NonautoregressiveSearchOptions {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    try require(1...1000 ~= iterations, "number of iterations", iterations, "a whole number from 1 to 1000")
    try require(1...1000 ~= lengthBeam, "length beam", lengthBeam, "a whole number from 1 to 1000")
  }
}

func require(
  _ isValid: Bool, _ name: String, _ found: some CustomStringConvertible, _ expected: String
) throws(SearchOptionsError) {
  if !isValid { throw .outOfRange(option: name, found: found.description, expected: expected) }
}
