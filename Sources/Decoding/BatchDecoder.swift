public import Tokens

/// Translates batches of sentences: the interface between text and decoding.
///
/// ``AutoregressiveDecoder`` conforms for autoregressive models with any search. Non-autoregressive decoders conform
/// directly, because they have no steps for a search to choose between.
public protocol BatchDecoder: Sendable {
  /// The number of tokens that it can predict.
  var vocabularySize: Int { get }

  /// The ids that do not stand for text in the vocabularies.
  var specialTokens: SpecialTokens { get }

  /// The length of the longest sentence that it can read or write, including `</s>`.
  var maxLength: Int { get }

  /// Translates a batch.
  ///
  /// - Parameter input: sentences of at most ``maxLength`` tokens.
  /// - Returns: at least one hypothesis for each sentence, best first or in the order in which they were drawn.
  func decode(_ input: DecoderInput) -> [[Hypothesis]]
}

/// An autoregressive model with the search that chooses between its predictions.
public struct AutoregressiveDecoder<Model: StepwiseModel & Sendable>: BatchDecoder {
  /// The model that scores tokens.
  public let model: Model
  /// The search that chooses tokens by their scores.
  public let strategy: any SearchStrategy

  /// A decoder from a model and a search.
  public init(_ model: Model, strategy: any SearchStrategy) {
    (self.model, self.strategy) = (model, strategy)
  }

  /// The number of tokens that the model can predict.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's special tokens.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// The model's limit.
  public var maxLength: Int { model.maxLength }

  /// Searches for the translations of a batch, and again for those that lack an unknown word of the source.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    let found = strategy.search(input, model: model)
    // Sampled translations are random on purpose.
    if strategy is SamplingSearch { return found }
    return UnknownRecovery(model: model, strategy: strategy).recover(input, found)
  }
}
