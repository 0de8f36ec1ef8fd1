public import Tokens

/// Finds the translations of a batch of sentences: the seam between text and decoding.
///
/// ``AutoregressiveDecoder`` searches with a model that predicts token by token. A decoder that predicts all tokens
/// at once conforms by itself: it has no steps that a search could choose between.
public protocol BatchDecoder: Sendable {
  /// Tokens that it can predict.
  var vocabularySize: Int { get }

  /// The ids that do not stand for text in the vocabularies.
  var specialTokens: SpecialTokens { get }

  /// The longest sentence that it can read or write, `</s>` included.
  var maxLength: Int { get }

  /// Translates a batch.
  ///
  /// - Parameter input: sentences of at most ``maxLength`` tokens.
  /// - Returns: for each sentence in order at least one hypothesis, best first or in the order in which they were
  ///   drawn.
  func decode(_ input: DecoderInput) -> [[Hypothesis]]
}

/// A model that predicts token by token, with the search that chooses between its predictions.
public struct AutoregressiveDecoder<Model: StepwiseModel & Sendable>: BatchDecoder {
  /// Gives the scores.
  public let model: Model
  /// Chooses by them.
  public let strategy: any SearchStrategy

  /// The two together.
  public init(_ model: Model, strategy: any SearchStrategy) {
    (self.model, self.strategy) = (model, strategy)
  }

  /// Tokens that the model can predict.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// The model's.
  public var maxLength: Int { model.maxLength }

  /// Searches for the translations of a batch.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    strategy.search(input, model: model)
  }
}
