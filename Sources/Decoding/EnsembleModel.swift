import Glibc
import Tensors
public import Tokens

/// Several models that predict together.
///
/// All have the same vocabulary and read the same source.
///
/// Source: Freitag, Al-Onaizan and Sankaran 2017, "Ensemble Distillation for Neural Machine Translation", section 3,
/// for averaging probabilities.
public struct EnsembleModel<Model: StepwiseModel & Sendable>: StepwiseModel, Sendable {
  /// How the models' distributions are combined.
  public enum Averaging: Sendable {
    /// The mean of the probabilities: a token is probable if some model is sure of it. The usual rule.
    case probabilities
    /// The mean of the log-probabilities: a token is probable if no model excludes it.
    case logProbabilities
  }

  /// The state of each model.
  public struct State: StepwiseState {
    fileprivate var states: [Model.State]
    fileprivate var buffer: [Float] = []

    /// Keeps the hypotheses `survivors` of each model.
    public mutating func select(_ survivors: [Int]) {
      for index in states.indices { states[index].select(survivors) }
    }

    /// Requests the attention of each model.
    public mutating func keepAttention() {
      for index in states.indices { states[index].keepAttention() }
    }

    /// The mean attention of the models; nil if one of them has none.
    public var attention: [[Float]]? {
      let all = states.compactMap(\.attention)
      guard all.count == states.count, let first = all.first else { return nil }
      return first.indices.map { row in
        first[row].indices.map { token in all.reduce(0) { $0 + $1[row][token] } / Float(all.count) }
      }
    }
  }

  /// The models, in the order in which they were given.
  package let models: [Model]
  private let averaging: Averaging

  /// The number of tokens that each model can predict.
  public let vocabularySize: Int

  /// The special tokens of all models.
  public let specialTokens: SpecialTokens

  /// The lowest limit of the models.
  public var maxLength: Int { models.map(\.maxLength).min() ?? 0 }

  /// An ensemble of models with one vocabulary.
  ///
  /// - Precondition: there is at least one model; all have the same vocabulary size and special tokens.
  public init(_ models: [Model], averaging: Averaging = .probabilities) {
    let sizes = Set(models.map(\.vocabularySize))
    precondition(sizes.count == 1, "EnsembleModel: vocabulary sizes \(models.map(\.vocabularySize))")
    let specialTokens = Set(models.map(\.specialTokens))
    precondition(specialTokens.count == 1, "EnsembleModel: special tokens \(specialTokens)")
    self.specialTokens = models[0].specialTokens
    self.models = models
    self.averaging = averaging
    vocabularySize = sizes.first ?? 0
  }

  /// Encodes the source with each model.
  public func start(_ source: TokenBatch) -> State { State(states: models.map { $0.start(source) }) }

  /// The combined log-probabilities; not normalized if log-probabilities are averaged.
  public func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    let count = last.count * vocabularySize
    scores = Array(repeating: 0, count: count)
    for (index, model) in models.enumerated() {
      model.step(last, &state.states[index], scores: &state.buffer)
      for row in last.indices {
        add(state.buffer.span, row * vocabularySize..<(row + 1) * vocabularySize, to: &scores)
      }
    }
    let weight = 1 / Float(models.count)
    switch averaging {
    case .probabilities: for index in scores.indices { scores[index] = log(scores[index] * weight) }
    case .logProbabilities: for index in scores.indices { scores[index] *= weight }
    }
  }

  /// The combined log-probabilities, if all models find theirs in one pass, and probabilities are averaged: the mean of
  /// log-probabilities is normalized over all tokens.
  public func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
  {
    guard averaging == .probabilities else { return nil }
    let all = models.compactMap { $0.logProbabilities(of: translations, source: source) }
    guard all.count == models.count else { return nil }
    let weight = 1 / Double(models.count)
    return translations.indices.map { translation in
      all[0][translation].indices.map { token in
        Float(log(all.reduce(0) { $0 + exp(Double($1[translation][token])) } * weight))
      }
    }
  }

  /// Adds one model's part of a row; NaN if its scores are not a distribution.
  private func add(_ scores: Span<Float>, _ range: Range<Int>, to sums: inout [Float]) {
    let normalizer = scores.extracting(range).logSumExp().map(Float.init) ?? .nan
    switch averaging {
    case .probabilities: for index in range { sums[index] += exp(scores[index] - normalizer) }
    case .logProbabilities: for index in range { sums[index] += scores[index] - normalizer }
    }
  }
}
