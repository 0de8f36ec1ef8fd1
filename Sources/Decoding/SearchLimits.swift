import Tokens

/// What a translation may hold, given its source sentence.
public struct SearchLimits: Sendable, Equatable {
  /// Predictions allowed for each source token.
  public var maxLengthRatio: Double
  /// Predictions allowed beyond that, so that a source of one word has room.
  public var maxLengthExtra: Int

  /// By default, twice the source's length and 20 more.
  ///
  /// - Parameters:
  ///   - maxLengthRatio: predictions for each source token, `</s>` not counted; 0 or more.
  ///   - maxLengthExtra: predictions beyond that; 1 or more.
  public init(maxLengthRatio: Double = 2, maxLengthExtra: Int = 20) {
    self.maxLengthRatio = maxLengthRatio
    self.maxLengthExtra = maxLengthExtra
  }

  /// The rules for each sentence of a batch.
  ///
  /// - Parameters:
  ///   - source: the batch.
  ///   - model: says which tokens are special, and how many predictions it can make at all.
  /// - Returns: as many as there are sentences, in order.
  func rules(for source: TokenBatch, _ model: some StepwiseModel) -> [SentenceRules] {
    (0..<source.count).map {
      rules(for: source[sentence: $0], model.specialTokens, capacity: model.maxLength)
    }
  }

  private func rules(for source: ArraySlice<TokenID>, _ specialTokens: SpecialTokens, capacity: Int)
    -> SentenceRules
  {
    let tokens = source.last == specialTokens.end ? source.dropLast() : source
    // The cap keeps the sum within Int; it is beyond what a model could ever decode.
    let scaled = Int(min(maxLengthRatio * Double(tokens.count), 1e9))
    return SentenceRules(
      specialTokens: specialTokens, maxLength: max(1, min(scaled + maxLengthExtra, capacity)),
      allowsEmpty: tokens.isEmpty,
      unknownAllowance: tokens.count { $0 == specialTokens.unknown })
  }
}

/// What the hypotheses of one sentence may hold.
struct SentenceRules: Sendable, Equatable {
  let specialTokens: SpecialTokens
  /// Predictions after which a hypothesis is ended as it is; `</s>` is one of them.
  var maxLength: Int
  /// Whether `</s>` may be the first prediction: only for an empty source.
  var allowsEmpty: Bool
  /// How many `<unk>` a hypothesis may hold: as many as the source, since each stands for one of them.
  var unknownAllowance: Int

  /// The special tokens that may follow a hypothesis; of all others any may.
  func allowed(after hypothesis: LiveHypothesis) -> AllowedSpecials {
    AllowedSpecials(
      specialTokens: specialTokens, end: allowsEmpty || !hypothesis.tokens.isEmpty,
      unknown: hypothesis.unknowns < unknownAllowance)
  }
}

extension SentenceRules {
  /// How a hypothesis ends with a prediction, `nil` for unusable scores; `nil` if it goes on.
  func ending(of hypothesis: LiveHypothesis, with prediction: Prediction?) -> Hypothesis.Ending? {
    guard let prediction else { return .invalidScores }
    if prediction.token == specialTokens.end { return .endToken }
    return hypothesis.tokens.count + 1 >= maxLength ? .lengthLimit : nil
  }
}
