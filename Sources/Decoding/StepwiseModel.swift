internal import Tensors
public import Tokens

/// A model that predicts one target position at a time: the interface between models and searches.
///
/// A search has a list of live hypotheses, each with a row. It gets the scores of the next token, chooses, and selects
/// the rows to continue. At the first step, the `last` token of each hypothesis is the beginning token of
/// ``specialTokens``.
public protocol StepwiseModel {
  /// The state of decoding between steps.
  associatedtype State: StepwiseState

  /// The number of tokens that the model can predict.
  var vocabularySize: Int { get }

  /// The ids that do not stand for text in the model's vocabularies.
  var specialTokens: SpecialTokens { get }

  /// The ids in source sentences that do not stand for text; by default ``specialTokens``.
  var sourceSpecialTokens: SpecialTokens { get }

  /// The length of the longest sentence that the model can read or write, including `</s>`; unlimited by default.
  var maxLength: Int { get }

  /// Encodes source sentences, each ending in `</s>`; the state then has one hypothesis for each, in order.
  func start(_ source: TokenBatch) -> State

  /// Scores the next token of each hypothesis.
  ///
  /// - Parameters:
  ///   - last: the newest token of each hypothesis, in order.
  ///   - state: the hypotheses; grows by one position.
  ///   - scores: overwritten and resized as necessary, shape `[hypotheses, vocabularySize]`. Scores are logits:
  ///     log-probabilities up to a constant for each row.
  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float])

  /// The most probable next token of each hypothesis, for searches that need no scores.
  ///
  /// Override this if the model can find it more cheaply than with ``step(_:_:scores:)``.
  ///
  /// - Parameters:
  ///   - last: the newest token of each hypothesis, in order.
  ///   - state: the hypotheses; grows by one position.
  ///   - excluded: the special tokens to skip, for each hypothesis.
  /// - Returns: the token for each hypothesis; of equally probable ones, the lowest. Nil if the highest score is not
  ///   finite.
  func bestTokens(after last: [TokenID], _ state: inout State, excluding excluded: [[TokenID]]) -> [TokenID?]

  /// The log-probabilities of given translations, if the model finds them without going through them token by token.
  ///
  /// Override this if the model can read all tokens of a translation at once, as Transformers do. By default it is nil, and
  /// the translations are read step by step.
  ///
  /// - Parameters:
  ///   - translations: each with the index of its source sentence; they end in `</s>` and are at most ``maxLength`` tokens long.
  ///   - source: sentences, each ending in `</s>`.
  /// - Returns: for each translation the log-probability of each of its tokens, NaN if the model's scores are not finite.
  func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
}

/// The state of a model's live hypotheses between steps, such as encoder output and the keys and values of past
/// positions.
public protocol StepwiseState {
  /// Keeps the hypotheses `survivors`, in that order and possibly repeated; the others are dropped.
  mutating func select(_ survivors: [Int])

  /// Requests ``attention`` from the next step on; called before the first step.
  mutating func keepAttention()

  /// The attention of the newest step over the source; nil if it was not requested, or if the model has none.
  ///
  /// For each hypothesis, there is a weight for each token of its source, including `</s>`; they add up to 1.
  var attention: [[Float]]? { get }
}

extension StepwiseState {
  /// Does nothing, for models without attention.
  public mutating func keepAttention() {}

  /// Nil, for models without attention.
  public var attention: [[Float]]? { nil }
}

extension StepwiseModel {
  /// The same as in translations.
  public var sourceSpecialTokens: SpecialTokens { specialTokens }

  /// No limit.
  public var maxLength: Int { .max }

  /// Nil: translations are read step by step.
  public func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
  { nil }

  /// Computes all scores and finds the highest.
  public func bestTokens(
    after last: [TokenID], _ state: inout State, excluding excluded: [[TokenID]]
  ) -> [TokenID?] {
    var scores: [Float] = []
    step(last, &state, scores: &scores)
    return excluded.enumerated().map { row, excluded in
      for token in excluded { scores[row * vocabularySize + Int(token)] = -.infinity }
      return scores.span.extracting(row * vocabularySize..<(row + 1) * vocabularySize).indexOfGreatest
    }
  }
}
