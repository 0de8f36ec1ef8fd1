import Tokens

/// Limits on a translation, given its source sentence: how long it may be, and how often it may repeat itself.
public struct SearchLimits: Sendable, Equatable {
  /// The number of predictions allowed for each source token.
  public var maxLengthRatio: Double
  /// The number of predictions allowed beyond that, so that a source of one word has room.
  public var maxLengthExtra: Int
  /// The number of predictions allowed whatever the length of the source, `</s>` included; nil for no such limit.
  public var maxLength: Int?
  /// The number of tokens that a translation must have before it may end.
  public var minLength = 0
  /// The length of sequences of tokens that may not occur twice; 0 allows all.
  public var noRepeatLength = 0
  /// Whether a sentence whose translation repeats a few tokens again and again is searched once more, with repetitions
  /// forbidden; see ``RepetitionCheck``.
  public var replacesRepetitions = true
  /// Whether `<unk>` may be predicted, which stands for an unknown word of the source.
  public var allowsUnknown = true

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
  ///   - input: the batch.
  ///   - model: provides the special tokens and the maximum length.
  /// - Returns: the rules, in order of the sentences.
  func rules(for input: DecoderInput, _ model: some StepwiseModel) -> [SentenceRules] {
    let choices = SpecialTokenChoices(model.specialTokens)
    let special = model.sourceSpecialTokens
    return (0..<input.source.count).map {
      rules(
        for: input.source[sentence: $0], input.guides[$0], special, choices, capacity: model.maxLength)
    }
  }

  private func rules(
    for source: ArraySlice<TokenID>, _ guide: SentenceGuide, _ specialTokens: SpecialTokens,
    _ choices: SpecialTokenChoices, capacity: Int
  ) -> SentenceRules {
    let tokens = source.last == specialTokens.end ? source.dropLast() : source
    // The cap avoids overflow; it is far longer than anything a model could decode.
    let scaled = Int(min(maxLengthRatio * Double(tokens.count), 1e9))
    // There is room for what the translation must contain.
    let room = scaled + maxLengthExtra + guide.longestLength
    let longest = max(1, min(room, maxLength ?? room, capacity))
    return SentenceRules(
      choices: choices, maxLength: longest,
      minLength: tokens.isEmpty ? 0 : min(minLength, longest - 1), allowsEmpty: tokens.isEmpty,
      unknownAllowance: allowsUnknown ? tokens.count { $0 == specialTokens.unknown } : 0,
      noRepeatLength: noRepeatLength, guide: guide.isEmpty ? nil : guide)
  }
}

/// The special tokens allowed in each situation, computed once for a batch.
private struct SpecialTokenChoices: Sendable, Equatable {
  let specialTokens: SpecialTokens
  private let all: [AllowedTokens]

  init(_ specialTokens: SpecialTokens) {
    self.specialTokens = specialTokens
    all = [false, true].flatMap { end in
      [false, true].map { AllowedTokens(specialTokens: specialTokens, end: end, unknown: $0) }
    }
  }

  subscript(end end: Bool, unknown unknown: Bool) -> AllowedTokens {
    all[(end ? 2 : 0) + (unknown ? 1 : 0)]
  }
}

/// The rules for the hypotheses of one sentence.
struct SentenceRules: Sendable, Equatable {
  fileprivate let choices: SpecialTokenChoices
  /// The number of predictions, including `</s>`, after which a hypothesis is cut.
  var maxLength: Int
  /// The number of tokens before which a hypothesis may not end.
  var minLength: Int
  /// Whether `</s>` may be the first prediction; only for an empty source.
  var allowsEmpty: Bool
  /// How many `<unk>` a hypothesis may contain: as many as the source, because each stands for one of those.
  var unknownAllowance: Int
  /// The length of sequences that may not occur twice; 0 allows all.
  var noRepeatLength: Int
  /// What the translation must and must not contain; nil if nothing is restricted.
  var guide: SentenceGuide?

  /// The tokens that may follow a hypothesis.
  func allowed(after hypothesis: LiveHypothesis) -> AllowedTokens {
    let tokens = hypothesis.tokens
    let specials = choices[
      end: (allowsEmpty || !tokens.isEmpty) && tokens.count >= minLength,
      unknown: hypothesis.unknowns < unknownAllowance]
    guard noRepeatLength > 0 || guide != nil else { return specials }
    // What is given may repeat itself, but is not repeated.
    if let only = guide?.prefix?.next(after: tokens) {
      var allowed = choices[end: true, unknown: true]
      allowed.only = only
      return allowed
    }
    return specials.without(
      tokens.repeating(noRepeatLength) + tokens.completing(guide?.forbidden ?? []))
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
