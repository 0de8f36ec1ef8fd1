public import Tokens

/// A search for translations with an autoregressive model.
///
/// To add one, conform to this protocol, with options as properties that have defaults; add a case to
/// ``SearchPlan/makeStrategy()``; test it on a hand-made ``StepwiseModel`` whose best translation is known.
public protocol SearchStrategy: Sendable {
  /// The limits on a translation.
  var limits: SearchLimits { get set }

  /// Scores translations.
  var scoring: Scoring { get }

  /// Whether translations report their attention.
  var recordsAttention: Bool { get }

  /// Translates a batch.
  ///
  /// - Parameters:
  ///   - input: the sentences.
  ///   - model: the model that scores tokens.
  /// - Returns: at least one hypothesis for each sentence, best first or in the order in which they were drawn.
  func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]]
}

extension SearchStrategy {
  /// Translates a batch whose sentences are numbered from 0.
  public func search<Model: StepwiseModel>(_ source: TokenBatch, model: Model) -> [[Hypothesis]] {
    search(DecoderInput(source), model: model)
  }
}
