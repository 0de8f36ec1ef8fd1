public import Tokens

/// A way to find translations with a model that predicts token by token.
///
/// To add one: conform, with its options as properties that have defaults; add a case to ``SearchPlan/makeStrategy()``;
/// test it on a hand-made ``StepwiseModel`` whose best answer is known.
public protocol SearchStrategy: Sendable {
  /// Translates a batch.
  ///
  /// - Parameters:
  ///   - input: the sentences.
  ///   - model: gives the scores.
  /// - Returns: for each sentence in order at least one hypothesis, best first or in the order in which they were
  ///   drawn.
  func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]]
}

extension SearchStrategy {
  /// Translates a batch whose sentences are numbered from 0.
  public func search<Model: StepwiseModel>(_ source: TokenBatch, model: Model) -> [[Hypothesis]] {
    search(DecoderInput(source), model: model)
  }
}
