public import Autodiff
public import Tensors
public import Tokens

/// An architecture with its weights, ready to translate; immutable and shared by all threads.
public struct TrainedTransformer: Sendable {
  /// The architecture.
  public let architecture: Transformer
  /// Its weights.
  public let weights: ModelWeights
  private let packed: PackedProducts
  private let pool = MemoryPool()

  /// Joins an architecture with weights, which must not change afterwards.
  ///
  /// - Parameters:
  ///   - architecture: the layers.
  ///   - weights: their parameters, of any type.
  ///   - compute: what matrix products compute with, whatever the type of the weights.
  /// - Precondition: as many weights as the architecture has parameters.
  public init(_ architecture: Transformer, weights: ModelWeights, compute: ComputeType = .float32) {
    self.init(architecture, weights: weights, compute: compute, magnitudes: nil)
  }

  private init(
    _ architecture: Transformer, weights: ModelWeights, compute: ComputeType, magnitudes: InputMagnitudes?
  ) {
    precondition(
      weights.count == architecture.parameterCount,
      "\(weights.count) weights for \(architecture.parameterCount) parameters")
    (self.architecture, self.weights) = (architecture, weights)
    packed = PackedProducts(weights, compute: compute, observing: magnitudes)
  }

  private init(_ architecture: Transformer, weights: ModelWeights, packed: PackedProducts) {
    (self.architecture, self.weights, self.packed) = (architecture, weights, packed)
  }

  /// Joins an architecture with float32 weights, which must not change afterwards.
  ///
  /// - Precondition: as many weights as the architecture has parameters.
  public init(_ architecture: Transformer, weights: FlatBuffer) {
    self.init(architecture, weights: ModelWeights(weights))
  }

  /// What matrix products compute with.
  public var compute: ComputeType { packed.compute }

  /// The same model and weights, but with products computed in another type.
  public func computing(in type: ComputeType) -> TrainedTransformer {
    type == compute ? self : TrainedTransformer(architecture, weights: weights, compute: type)
  }

  /// The same model, whose alignments are the attention of other heads.
  package func aligning(by heads: AlignmentHeads) -> TrainedTransformer {
    var configuration = architecture.configuration
    configuration.alignmentHeads = heads
    return TrainedTransformer(Transformer(configuration), weights: weights, packed: packed)
  }

  /// The same model, whose inputs of products are observed, except those with a shortlist.
  public func observed(by magnitudes: InputMagnitudes) -> TrainedTransformer {
    TrainedTransformer(architecture, weights: weights, compute: compute, magnitudes: magnitudes)
  }

  /// Whether any matrix is stored as int8.
  public var hasInt8Weights: Bool {
    architecture.parameters.contains { weights.type(of: $0.parameter) == .int8 }
  }

  /// Encodes source sentences and starts decoding, with one hypothesis for each, in order.
  ///
  /// - Parameter source: sentences that end in `</s>`, at most `maxPositions` tokens long.
  /// - Returns: a state before its first step.
  /// - Precondition: the model has an autoregressive decoder.
  public func start(_ source: TokenBatch) -> DecodingState {
    encode(source).start(Array(0..<source.count))
  }

  /// Encodes source sentences, once for all predictions.
  ///
  /// - Parameter source: sentences that end in `</s>`, at most `maxPositions` tokens long.
  /// - Returns: the input of the decoders.
  public func encode(_ source: TokenBatch) -> SourceEncoding { SourceEncoding(self, source: source) }

  /// Predicts the next position of every hypothesis.
  ///
  /// - Parameters:
  ///   - last: each hypothesis's newest token, initially `<s>`.
  ///   - state: grows by one position.
  ///   - scores: overwritten with the logits, shape `[hypotheses, targetVocabularySize]`, or with those of the tokens to
  ///     which the output is restricted.
  public func step(_ last: [TokenID], _ state: inout DecodingState, scores: inout [Float]) {
    state.step(last, scores: &scores)
  }

  /// Predicts only the most probable next token of every hypothesis.
  ///
  /// The same as the greatest of ``step(_:_:scores:)``'s logits, for less work.
  ///
  /// - Parameters:
  ///   - last: each hypothesis's newest token, initially `<s>`.
  ///   - state: grows by one position.
  ///   - excluded: for each hypothesis the excluded special tokens.
  /// - Returns: for each hypothesis the token, the lowest of equally probable ones; nil if its greatest logit is not
  ///   finite.
  public func bestTokens(
    after last: [TokenID], _ state: inout DecodingState, excluding excluded: [[TokenID]]
  ) -> [TokenID?] {
    state.bestTokens(after: last, architecture, excluding: excluded)
  }

  /// The loss of a batch by teacher forcing, without dropout and label smoothing, for validation.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - target: their translations, ending in `</s>`, in the same order.
  /// - Returns: sums over the target tokens; zeros for an empty batch.
  public func loss(source: TokenBatch, target: TokenBatch) -> LossSum {
    architecture.loss(
      source: source, target: target, objective: TrainingObjective(), on: Tape(inference: weights))
  }

  func makeTape() -> Tape { Tape(inference: weights, packed: packed, pool: pool) }
}
