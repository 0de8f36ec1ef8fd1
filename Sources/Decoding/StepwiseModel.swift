internal import Tensors
public import Tokens

/// A model that predicts one target position at a time: the seam between models and search.
///
/// A search holds a list of live hypotheses, one row each. It asks for the scores of every next
/// token, chooses, and tells the model which rows go on. Each hypothesis' first `last` token is the beginning token
/// of ``specialTokens``.
public protocol StepwiseModel {
  /// What decoding keeps between steps.
  associatedtype State: StepwiseState

  /// Tokens that the model can predict.
  var vocabularySize: Int { get }

  /// The ids that do not stand for text in the model's vocabularies.
  var specialTokens: SpecialTokens { get }

  /// The longest sentence that the model can read or write, `</s>` included; without a limit unless it says so.
  var maxLength: Int { get }

  /// Encodes source sentences (each ends in `</s>`); the state then has one hypothesis for each, in order.
  func start(_ source: TokenBatch) -> State

  /// Scores of the next token of each hypothesis.
  ///
  /// - Parameters:
  ///   - last: the newest token of each hypothesis, in order.
  ///   - state: the hypotheses; grows by one position.
  ///   - scores: overwritten, and resized if need be, with shape `[hypotheses, vocabularySize]`. Scores are
  ///     logits: log-probabilities but for a constant that each row has of its own.
  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float])

  /// The most probable next token of each hypothesis, for a search that asks for no other.
  ///
  /// Override this if the model can find it more cheaply than with ``step(_:_:scores:)``.
  ///
  /// - Parameters:
  ///   - last: the newest token of each hypothesis, in order.
  ///   - state: the hypotheses; grows by one position.
  ///   - excluded: for each hypothesis the special tokens that are passed over.
  /// - Returns: for each hypothesis the token, of equally probable ones the lowest; nil where its greatest score is not
  ///   finite.
  func bestTokens(after last: [TokenID], _ state: inout State, excluding excluded: [[TokenID]]) -> [TokenID?]
}

/// What a model keeps of its live hypotheses between steps, such as encoder output and the keys and values of past
/// positions.
public protocol StepwiseState {
  /// Keeps the hypotheses `survivors`, in that order, repeats allowed; the others are forgotten.
  mutating func select(_ survivors: [Int])

  /// Asks for ``attention`` from the next step on; called before the first.
  mutating func keepAttention()

  /// The attention of the newest step over the source: for each hypothesis a share for each token of its source, `</s>`
  /// included; they add up to 1. Nil where nobody asked for it, or where the model has none.
  var attention: [[Float]]? { get }
}

extension StepwiseState {
  /// Does nothing: a model without attention.
  public mutating func keepAttention() {}

  /// Nil: a model without attention.
  public var attention: [[Float]]? { nil }
}

extension StepwiseModel {
  /// No limit.
  public var maxLength: Int { .max }

  /// The greatest of all scores.
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
