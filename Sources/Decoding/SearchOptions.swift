/// Search options of a user; ``SearchPlan`` validates them.
public struct SearchOptions: Sendable, Equatable {
  /// The number of hypotheses kept for each sentence; 1 is greedy search.
  ///
  /// Nil means 5 for autoregressive models, and ``nBest`` for CTC models. Models that predict lengths try this many, unless
  /// ``NonautoregressiveSearchOptions/lengthBeam`` says otherwise.
  public var beamSize: Int?
  /// The number of translations returned for each sentence, if the search finds that many.
  public var nBest = 1
  /// How hypotheses are scored.
  public var scoring = ScoringOptions()
  /// The limits on the length of a translation.
  public var limits = SearchLimits()
  /// When the beam search of a sentence is done.
  public var stopRule = StopRule.settled
  /// Groups of hypotheses in the beam that should differ from one another.
  public var groups = BeamGroups()
  /// Whether a greedy search computes probabilities, which it does not need.
  ///
  /// If not, scores are NaN, and most of the work of the output layer is saved.
  public var computesScores = true
  /// Whether translations report their attention over the source, for alignments; autoregressive decoders only.
  public var recordsAttention = false
  /// If set, samples instead of searching; ``beamSize`` is ignored then.
  public var sampling: Sampling?
  /// Options of non-autoregressive models.
  public var nonautoregressive = NonautoregressiveSearchOptions()

  /// The default beam and one translation.
  public init() {}

  /// The number of hypotheses that autoregressive searches keep.
  var autoregressiveBeamSize: Int { beamSize ?? 5 }
  /// The number of prefixes that a search over CTC rows keeps.
  var ctcBeamSize: Int { beamSize ?? max(1, nBest) }
  /// The number of iterations of mask-predict.
  var iterations: Int { nonautoregressive.iterations ?? 4 }
  /// The number of lengths that are tried, if the model predicts lengths.
  var lengthBeam: Int { nonautoregressive.lengthBeam ?? beamSize ?? 5 }

  /// Checks everything but ``scoring``, which has its own checks.
  func checkRanges() throws(SearchOptionsError) {
    let beamSize = autoregressiveBeamSize
    try require(1...1000 ~= beamSize, "beam size", beamSize, "a whole number from 1 to 1000")
    try require(1...1000 ~= nBest, "number of best translations", nBest, "a whole number from 1 to 1000")
    try checkBeam(of: beamSize)
    try limits.checkRanges()
    try nonautoregressive.checkRanges()
    if let sampling {
      try sampling.checkRanges()
    } else if nBest > beamSize {
      throw .moreThanBeam(nBest: nBest, beamSize: beamSize)
    }
  }
}

extension SearchOptions {
  /// Checks how a beam stops and how it is divided.
  private func checkBeam(of size: Int) throws(SearchOptionsError) {
    if case .firstCome(let patience) = stopRule {
      try require(patience > 0 && patience <= 1000, "patience", patience, "a number above 0, at most 1000")
    }
    let (count, diversity) = (groups.count, groups.diversity)
    try require(0...1000 ~= diversity, "diversity", diversity, "a number from 0 to 1000")
    guard count != 1 else { return }
    try require(
      count > 1 && size % count == 0, "number of beam groups", count,
      "a divisor of the beam size, \(size): all groups have the same number of hypotheses")
  }
}

extension SearchLimits {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    try require(
      0...1000 ~= maxLengthRatio, "maximum length ratio", maxLengthRatio, "a number from 0 to 1000")
    try require(
      1...100_000 ~= maxLengthExtra, "maximum length beyond the ratio", maxLengthExtra,
      "a whole number from 1 to 100000")
    let maxLength = maxLength ?? 100_000
    try require(1...100_000 ~= maxLength, "maximum length", maxLength, "a whole number from 1 to 100000")
    try require(
      0...maxLength ~= minLength, "minimum length", minLength,
      "a whole number from 0 to the maximum length, \(maxLength)")
    try require(
      0...1000 ~= noRepeatLength, "length of sequences that may not occur twice", noRepeatLength,
      "0 to allow all, or a whole number up to 1000")
  }
}

extension Sampling {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    try require(
      temperature >= 0.001 && temperature <= 1000, "temperature", temperature, "a number from 0.001 to 1000")
    try require(topK >= 0, "top-k", topK, "0 for all tokens, or how many")
    try require(topP > 0 && topP <= 1, "top-p", topP, "a number above 0, at most 1")
    for (name, probability) in [("min-p", minP), ("epsilon", epsilon), ("eta", eta)] {
      try require(
        probability >= 0 && probability < 1, name, probability, "0 for all tokens, or a number below 1")
    }
  }
}

extension NonautoregressiveSearchOptions {
  fileprivate func checkRanges() throws(SearchOptionsError) {
    let (iterations, lengthBeam) = (iterations ?? 1, lengthBeam ?? 1)
    try require(1...1000 ~= iterations, "number of iterations", iterations, "a whole number from 1 to 1000")
    try require(1...1000 ~= lengthBeam, "length beam", lengthBeam, "a whole number from 1 to 1000")
  }
}

func require(
  _ isValid: Bool, _ name: String, _ found: some CustomStringConvertible, _ expected: String
) throws(SearchOptionsError) {
  if !isValid { throw .outOfRange(option: name, found: found.description, expected: expected) }
}
