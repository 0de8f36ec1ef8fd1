import Tokens

/// Limits on a translation, given its source sentence.
public struct SearchLimits: Sendable, Equatable {
  /// The number of predictions allowed for each source token.
  public var maxLengthRatio: Double
  /// The number of predictions allowed beyond that, so that a source of one word has room.
  public var maxLengthExtra: Int

  /// By default, twice the length of the source plus 20.
  ///
  /// - Parameters:
  ///   - maxLengthRatio: the number of predictions for each source token except `</s>`; 0 or more.
  ///   - maxLengthExtra: the number of predictions beyond that; 1 or more.
  public init(maxLengthRatio: Double = 2, maxLengthExtra: Int = 20) {
    self.maxLengthRatio = maxLengthRatio
    self.maxLengthExtra = maxLengthExtra
  }

  /// The rules for each sentence of a batch.
  ///
  /// - Parameters:
  ///   - source: the batch.
  ///   - model: provides the special tokens and the maximum length.
  /// - Returns: the rules, in order of the sentences.
  func rules(for source: TokenBatch, _ model: some StepwiseModel) -> [SentenceRules] {
    let choices = SpecialTokenChoices(model.specialTokens)
    let special = model.sourceSpecialTokens
    return (0..<source.count).map {
      rules(for: source[sentence: $0], special, choices, capacity: model.maxLength)
    }
  }

  private func rules(
    for source: ArraySlice<TokenID>, _ specialTokens: SpecialTokens, _ choices: SpecialTokenChoices,
    capacity: Int
  ) -> SentenceRules {
    let tokens = source.last == specialTokens.end ? source.dropLast() : source
    // The cap avoids overflow; it is far longer than anything a model could decode.
    let scaled = Int(min(maxLengthRatio * Double(tokens.count), 1e9))
    return SentenceRules(
      choices: choices, maxLength: max(1, min(scaled + maxLengthExtra, capacity)),
      allowsEmpty: tokens.isEmpty,
      unknownAllowance: tokens.count { $0 == specialTokens.unknown })
  }
}

/// The special tokens allowed in each situation, computed once for a batch.
private struct SpecialTokenChoices: Sendable, Equatable {
  let specialTokens: SpecialTokens
  private let all: [AllowedSpecials]

  init(_ specialTokens: SpecialTokens) {
    self.specialTokens = specialTokens
    all = [false, true].flatMap { end in
      [false, true].map { AllowedSpecials(specialTokens: specialTokens, end: end, unknown: $0) }
    }
  }

  subscript(end end: Bool, unknown unknown: Bool) -> AllowedSpecials {
    all[(end ? 2 : 0) + (unknown ? 1 : 0)]
  }
}

/// The rules for the hypotheses of one sentence.
struct SentenceRules: Sendable, Equatable {
  fileprivate let choices: SpecialTokenChoices
  /// The number of predictions, including `</s>`, after which a hypothesis is cut.
  var maxLength: Int
  /// Whether `</s>` may be the first prediction; only for an empty source.
  var allowsEmpty: Bool
  /// How many `<unk>` a hypothesis may contain: as many as the source, because each stands for one of those.
  var unknownAllowance: Int

  /// The special tokens that may follow a hypothesis; ordinary tokens always may.
  func allowed(after hypothesis: LiveHypothesis) -> AllowedSpecials {
    choices[
      end: allowsEmpty || !hypothesis.tokens.isEmpty, unknown: hypothesis.unknowns < unknownAllowance]
  }
}

extension SentenceRules {
  /// How a hypothesis ends with a prediction (`nil` for unusable scores); `nil` if it continues.
  func ending(of hypothesis: LiveHypothesis, with prediction: Prediction?) -> Hypothesis.Ending? {
    guard let prediction else { return .invalidScores }
    if prediction.token == choices.specialTokens.end { return .endToken }
    return hypothesis.tokens.count + 1 >= maxLength ? .lengthLimit : nil
  }
}
