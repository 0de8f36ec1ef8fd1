public import Tokens

/// A way to find translations with a model that predicts token by token.
///
/// To add one: conform, with its options as properties that have defaults; add a case to ``SearchOptions``;
/// test it on a hand-made ``StepwiseModel`` whose best answer is known.
public protocol SearchStrategy: Sendable {
  /// Translates a batch.
  ///
  /// - Parameters:
  ///   - source: sentences, each ending in `</s>`.
  ///   - numbers: a number of each sentence that has nothing to do with its place in the batch, such as its
  ///     line in the text; a strategy that draws at random draws by it.
  ///   - model: gives the scores.
  /// - Returns: for each sentence in order at least one hypothesis, best first.
  /// - Precondition: as many numbers as sentences.
  func search<Model: StepwiseModel>(
    _ source: TokenBatch, numbers: [Int], model: Model
  ) -> [[Hypothesis]]
}

extension SearchStrategy {
  /// Translates a batch whose sentences are numbered from 0.
  public func search<Model: StepwiseModel>(_ source: TokenBatch, model: Model) -> [[Hypothesis]] {
    search(source, numbers: Array(0..<source.count), model: model)
  }
}
