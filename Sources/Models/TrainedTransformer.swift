public import Autodiff
public import Tensors
public import Tokens

/// An architecture with its weights, ready to translate: shared by all threads, changed by none.
public struct TrainedTransformer: Sendable {
  /// The architecture.
  public let architecture: Transformer
  /// Its weights.
  public let weights: ModelWeights
  private let packed: PackedProducts
  private let pool = MemoryPool()

  /// Joins an architecture with weights, which must not change afterwards.
  ///
  /// - Precondition: as many weights as the architecture has parameters.
  public init(_ architecture: Transformer, weights: ModelWeights) {
    precondition(
      weights.count == architecture.parameterCount,
      "\(weights.count) weights for \(architecture.parameterCount) parameters")
    (self.architecture, self.weights) = (architecture, weights)
    packed = PackedProducts(weights)
  }

  /// Joins an architecture with weights as they are trained, which must not change afterwards.
  ///
  /// - Precondition: as many weights as the architecture has parameters.
  public init(_ architecture: Transformer, weights: FlatBuffer) {
    self.init(architecture, weights: ModelWeights(weights))
  }

  /// Encodes source sentences; the state then has one hypothesis for each, in order.
  ///
  /// - Parameter source: sentences that end in `</s>`, at most `maxPositions` tokens long.
  /// - Returns: a state before its first step.
  /// - Precondition: the model has a decoder that predicts token by token.
  public func start(_ source: TokenBatch) -> DecodingState {
    encode(source).start(Array(0..<source.count))
  }

  /// Encodes source sentences, once for all that is made of them.
  ///
  /// - Parameter source: sentences that end in `</s>`, at most `maxPositions` tokens long.
  /// - Returns: what decoders read.
  public func encode(_ source: TokenBatch) -> SourceEncoding { SourceEncoding(self, source: source) }

  /// Predicts one position further for every hypothesis.
  ///
  /// - Parameters:
  ///   - last: each hypothesis' newest token, at first `<s>`.
  ///   - state: grows by one position.
  ///   - scores: overwritten with the logits, shape `[hypotheses, targetVocabularySize]`.
  public func step(_ last: [TokenID], _ state: inout DecodingState, scores: inout [Float]) {
    state.step(last, architecture, scores: &scores)
  }

  /// Predicts one position further, where nobody asks for more than the most probable token of every hypothesis.
  ///
  /// The same as the greatest of ``step(_:_:scores:)``'s logits, for less work.
  ///
  /// - Parameters:
  ///   - last: each hypothesis' newest token, at first `<s>`.
  ///   - state: grows by one position.
  ///   - excluded: for each hypothesis the special tokens that are passed over.
  /// - Returns: for each hypothesis the token, of equally probable ones the lowest; nil where its greatest logit is not
  ///   finite.
  public func bestTokens(
    after last: [TokenID], _ state: inout DecodingState, excluding excluded: [[TokenID]]
  ) -> [TokenID?] {
    state.bestTokens(after: last, architecture, excluding: excluded)
  }

  /// The loss of a batch by teacher forcing, without dropout and label smoothing: for validation.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - target: their translations, ending in `</s>`, in the same order.
  /// - Returns: sums over the target tokens; nothing for an empty batch.
  public func loss(source: TokenBatch, target: TokenBatch) -> LossSum {
    architecture.loss(
      source: source, target: target, objective: TrainingObjective(), on: Tape(inference: weights))
  }

  func makeTape() -> Tape { Tape(inference: weights, packed: packed, pool: pool) }
}
