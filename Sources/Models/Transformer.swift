public import Autodiff
internal import Layers
public import Tensors
public import Text

/// The encoder-decoder Transformer, as an architecture: it knows where its parameters lie.
///
/// It holds none of the numbers: the tape brings them.
///
/// Source: Vaswani et al. 2017, "Attention Is All You Need".
public struct Transformer: Sendable {
  /// What it was built from.
  public let configuration: ModelConfiguration
  /// All parameters in the order in which they lie, under Hugging Face Marian's names.
  public let parameters: [NamedParameter]
  /// Floats that all parameters take together.
  public let parameterCount: Int
  let encoder: TransformerEncoder
  let decoder: TransformerDecoder
  /// The output layer's weight, shape `[targetVocabularySize, size]`; often the embeddings themselves.
  let output: Parameter

  /// Lays out the parameters of an architecture.
  ///
  /// - Precondition: `configuration.problem` is nil.
  public init(_ configuration: ModelConfiguration) {
    precondition(configuration.problem == nil, "Transformer: \(configuration.problem ?? "")")
    self.configuration = configuration
    var builder = ParameterBuilder()
    let tables = EmbeddingTables(configuration, in: &builder)
    encoder = builder.scope("model.encoder") {
      TransformerEncoder(configuration, table: tables.source, in: &$0)
    }
    decoder = builder.scope("model.decoder") {
      TransformerDecoder(configuration, table: tables.target, in: &$0)
    }
    output = tables.output
    parameters = builder.parameters
    parameterCount = builder.count
  }

  /// Fresh weights, drawn from the seed; each parameter has a stream of its own.
  public func initialParameters(seed: UInt64) -> FlatBuffer {
    let buffer = FlatBuffer(count: parameterCount)
    for (index, item) in parameters.enumerated() {
      var random = RandomSource(seed, 0x696e_6974, UInt64(index))
      buffer.replace(
        at: item.parameter.offset, with: item.initializer.elements(item.parameter.shape, from: &random))
    }
    return buffer
  }

  /// The loss of a batch by teacher forcing: the decoder reads `<s> y₁ … yₙ` and predicts `y₁ … yₙ </s>`.
  ///
  /// On a training tape the derivatives of the output layer are added at once; `tape.backward()` adds the rest.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - target: their translations, ending in `</s>`, in the same order.
  ///   - labelSmoothing: ε of the cross-entropy.
  ///   - regularization: what else keeps the model from learning the batch by heart, on a training tape.
  ///   - alignments: links between the tokens of each pair, by target, then source, for
  ///     ``Regularization/guidedAlignment``; nil: there are none.
  ///   - tape: where the work is recorded.
  /// - Returns: sums over the target tokens; nothing for an empty batch.
  public func loss(
    source: TokenBatch, target: TokenBatch, labelSmoothing: Float,
    regularization: Regularization = Regularization(), alignments: [[AlignmentLink]]? = nil, on tape: Tape
  ) -> LossSum {
    guard target.tokenCount > 0 else { return LossSum() }
    let isTraining = tape.mode == .training
    let passes = regularization.rDrop > 0 && isTraining ? 2 : 1
    let guide =
      isTraining ? alignments.flatMap { regularization.guidedAlignment?.guide($0, passes: passes) } : nil
    // With R-Drop one batch in which every sentence stands twice: dropout draws for each row.
    let hidden = decode(
      source: source.repeated(passes), target: target.repeated(passes), regularization, guide: guide, on: tape
    )
    let targets = PackedTokens(target).ids
    var sum =
      passes == 2
      ? tape.rDropCrossEntropy(
        hidden, weight: output, targets: targets, smoothing: labelSmoothing, alpha: regularization.rDrop)
      : tape.labelSmoothedCrossEntropy(hidden, weight: output, targets: targets, smoothing: labelSmoothing)
    sum.alignment = (guide?.loss ?? 0) / Double(passes)
    return sum
  }

  /// The logits of a batch by teacher forcing, one row a target token, padding left out.
  ///
  /// - Returns: shape `[target tokens, targetVocabularySize]`, row by row.
  public func logits(source: TokenBatch, target: TokenBatch, on tape: Tape) -> [Float] {
    var result: [Float] = []
    tape.project(decode(source: source, target: target, on: tape), weight: output, into: &result)
    return result
  }

  private func decode(
    source: TokenBatch, target: TokenBatch, _ regularization: Regularization = Regularization(),
    guide: AttentionGuide? = nil, on tape: Tape
  ) -> Tensor {
    precondition(source.count == target.count, "\(source.count) sources, \(target.count) targets")
    precondition(
      max(source.width, target.width) <= configuration.maxPositions,
      "sentences of \(max(source.width, target.width)) tokens, at most \(configuration.maxPositions)")
    let packedSource = PackedTokens(source)
    let encoded = encoder(packedSource, regularization: regularization, on: tape)
    return decoder(
      PackedTokens.decoderInput(target), over: encoded, source: packedSource, regularization: regularization,
      guide: guide, on: tape)
  }
}

extension TokenBatch {
  /// The sentences, and where they are to stand there twice, behind them all of them again.
  fileprivate func repeated(_ times: Int) -> TokenBatch {
    times == 1 ? self : TokenBatch(ids: ids + ids, lengths: lengths + lengths, width: width)
  }
}

/// The embedding matrices, tied as the configuration says.
private struct EmbeddingTables {
  let source: Parameter
  let target: Parameter
  let output: Parameter

  init(_ configuration: ModelConfiguration, in builder: inout ParameterBuilder) {
    let size = configuration.size
    let initializer = configuration.initialization.embedding(size: size)
    func table(_ name: String, _ rows: Int) -> Parameter { builder.matrix(name, rows, size, initializer) }
    switch configuration.tying {
    case .all:
      source = table("model.shared.weight", configuration.sourceVocabularySize)
      (target, output) = (source, source)
    case .decoder:
      source = table("model.encoder.embed_tokens.weight", configuration.sourceVocabularySize)
      target = table("model.decoder.embed_tokens.weight", configuration.targetVocabularySize)
      output = target
    case .none:
      source = table("model.encoder.embed_tokens.weight", configuration.sourceVocabularySize)
      target = table("model.decoder.embed_tokens.weight", configuration.targetVocabularySize)
      output = table("lm_head.weight", configuration.targetVocabularySize)
    }
  }
}
