import Models

// Options that change nothing are refused or named, because whoever set them expects an effect. The names are those of the
// command line.

extension SearchOptions {
  /// Checks that a kind of decoder uses every option that was set.
  ///
  /// - Throws: ``SearchOptionsError/unused(option:decoder:purpose:)`` for the first one that it does not use.
  public func checkUse(by decoder: DecoderKind) throws(SearchOptionsError) {
    func check(_ isUsed: Bool, _ option: String, _ purpose: String) throws(SearchOptionsError) {
      if !isUsed { throw .unused(option: option, decoder: decoder, purpose: purpose) }
    }
    let isMaskPredict = decoder.nonautoregressive?.method == .maskPredict
    try check(nonautoregressive.iterations == nil || isMaskPredict, "--iterations", "mask-predict")
    try check(
      nonautoregressive.lengthBeam == nil || decoder.triesLengths, "--length-beam",
      "non-autoregressive models that predict lengths")
    let usual = SearchLimits()
    let isUsual = [
      ("--max-length-ratio", limits.maxLengthRatio == usual.maxLengthRatio),
      ("--max-length", limits.maxLength == usual.maxLength),
      ("--min-length", limits.minLength == usual.minLength),
      ("--no-repeat-ngram", limits.noRepeatLength == usual.noRepeatLength),
      ("--keep-repetitions", limits.replacesRepetitions == usual.replacesRepetitions),
      ("--suppress-unknown", limits.allowsUnknown == usual.allowsUnknown),
      ("a limit on the length", limits == usual),
    ]
    for (option, isUsual) in isUsual {
      try check(isUsual || decoder.searches, option, "autoregressive decoders")
    }
    try check(stopRule == .settled || decoder.searches, "--stop-rule", "autoregressive decoders")
    try check(groups == BeamGroups() || decoder.searches, "--beam-groups", "autoregressive decoders")
    try check(!recordsAttention || decoder.searches, "--alignment", "autoregressive decoders")
  }

  /// The options that were set and that the decoder uses, but that change nothing with the other options, each with the
  /// reason.
  public func idleOptions(with decoder: DecoderKind) -> [String] {
    var idle: [String] = []
    if beamSize != nil {
      if sampling != nil { idle.append("--beam has no effect with sampling") }
      if case .nonautoregressive = decoder, decoder.nonautoregressive?.method == .length,
        !decoder.triesLengths
      {
        idle.append("--beam has no effect with \(decoder), which finds one translation")
      }
    }
    if sampling != nil || autoregressiveBeamSize == 1 {
      let reason = sampling != nil ? "with sampling" : "with a beam of 1"
      if stopRule != .settled { idle.append("--stop-rule has no effect \(reason)") }
      if groups.count > 1 { idle.append("--beam-groups has no effect \(reason)") }
    }
    if !computesScores, scoring.wordPenalty != 0, ranksByMean(with: decoder) {
      idle.append(
        "--word-penalty has no effect if the length penalty divides by the number of tokens, except on scores; see "
          + "--length-penalty")
    }
    guard !computesScores, let reason = reasonNotToRank(with: decoder) else { return idle }
    if scoring.lengthPenalty != nil { idle.append("--length-penalty has no effect \(reason)") }
    if scoring.coveragePenalty != 0 { idle.append("--coverage-penalty has no effect \(reason)") }
    if scoring.wordPenalty != 0, !ranksByMean(with: decoder) {
      idle.append("--word-penalty has no effect \(reason)")
    }
    return idle
  }

  /// Whether log-probabilities are divided by the number of tokens.
  private func ranksByMean(with decoder: DecoderKind) -> Bool {
    if case .nonautoregressive(let configuration) = decoder, configuration.method == .ctc {
      return scoring.lengthPenalty == .normalized(alpha: 1)
    }
    return [nil, .normalized(alpha: 1)].contains(scoring.lengthPenalty)
  }

  /// Why scores, which are not printed, do not choose a translation either.
  private func reasonNotToRank(with decoder: DecoderKind) -> String? {
    if sampling != nil { return "on what is sampled, only on scores" }
    let candidates =
      switch decoder {
      case .drafting: Int.max
      case .autoregressive: autoregressiveBeamSize
      case .nonautoregressive(let configuration):
        configuration.method == .ctc ? ctcBeamSize : decoder.triesLengths ? lengthBeam : 1
      }
    return candidates == 1
      ? "if only one translation is found, except on scores; widen the beam (--beam)" : nil
  }
}
