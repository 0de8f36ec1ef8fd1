public import Autodiff
internal import Layers
public import Tensors
public import Tokens

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
  /// Predicts token by token, where there is such a decoder.
  let decoder: TransformerDecoder?
  /// Predicts all tokens at once, where there is such a decoder.
  let nonautoregressive: NonautoregressiveDecoder?
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
    decoder =
      configuration.isAutoregressive
      ? builder.scope("model.decoder") { TransformerDecoder(configuration, table: tables.target, in: &$0) }
      : nil
    nonautoregressive = configuration.nonautoregressive.map { part in
      builder.scope("model.nat_decoder") {
        NonautoregressiveDecoder(
          configuration, part, source: tables.source, target: tables.target, in: &$0)
      }
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
  /// A decoder that predicts all tokens at once adds its own loss, see ``NonautoregressiveMethod``; where there is no
  /// other one, it is the loss. On a training tape the derivatives of the output layer are added at once;
  /// `tape.backward()` adds the rest.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - target: their translations, ending in `</s>`, in the same order.
  ///   - objective: what the loss is made of.
  ///   - alignments: links between the tokens of each pair, by target, then source, for
  ///     ``Regularization/guidedAlignment``; nil: there are none.
  ///   - tape: where the work is recorded.
  /// - Returns: sums over the predicted tokens, those of the decoder that predicts token by token where there is one;
  ///   nothing for an empty batch.
  public func loss(
    source: TokenBatch, target: TokenBatch, objective: TrainingObjective,
    alignments: [[AlignmentLink]]? = nil, on tape: Tape
  ) -> LossSum {
    guard target.tokenCount > 0 else { return LossSum() }
    checkLengths(source, target)
    let (regularization, labelSmoothing) = (objective.regularization, objective.labelSmoothing)
    let passes = regularization.rDrop > 0 && tape.mode == .training ? 2 : 1
    // With R-Drop one batch in which every sentence stands twice: dropout draws for each row.
    let packedSource = PackedTokens(source.repeated(passes))
    func encode() -> Tensor { encoder(packedSource, regularization: regularization, on: tape) }
    let encoded = objective.freezesEncoder ? tape.withoutDerivatives(encode) : encode()
    var sum = LossSum()
    // Where only the other decoder learns, the loss is its own alone.
    let decoder = objective.freezesAutoregressive && nonautoregressive != nil ? nil : decoder
    if let decoder {
      let guide =
        tape.mode == .training
        ? alignments.flatMap { regularization.guidedAlignment?.guide($0, passes: passes) } : nil
      let (hidden, guideLoss) = decoder(
        PackedTokens.decoderInput(
          target.repeated(passes), beginning: configuration.specialTokens.beginning), over: encoded,
        sources: packedSource.sentences, regularization: regularization, guide: guide, on: tape)
      let targets = PackedTokens(target).ids
      sum =
        passes == 2
        ? tape.rDropCrossEntropy(
          hidden, weight: output, targets: targets, smoothing: labelSmoothing, alpha: regularization.rDrop)
        : tape.labelSmoothedCrossEntropy(hidden, weight: output, targets: targets, smoothing: labelSmoothing)
      sum.alignment = guideLoss / Double(passes)
    }
    guard let nonautoregressive else { return sum }
    let batch = NonautoregressiveBatch(
      source: packedSource, encoded: encoded, targets: target.repeated(passes).withoutEnds,
      labelSmoothing: labelSmoothing, glancing: objective.glancing, layerDrop: regularization.layerDrop)
    let parallel = loss(batch, nonautoregressive, on: tape)
    guard decoder != nil else { return parallel }
    sum.loss += parallel.loss
    return sum
  }

  /// The logits of a batch by teacher forcing, one row a target token, padding left out.
  ///
  /// - Returns: shape `[target tokens, targetVocabularySize]`, row by row.
  /// - Precondition: there is a decoder that predicts token by token.
  public func logits(source: TokenBatch, target: TokenBatch, on tape: Tape) -> [Float] {
    checkLengths(source, target)
    guard let decoder else { preconditionFailure("logits: no decoder predicts token by token") }
    let packedSource = PackedTokens(source)
    let hidden = decoder(
      PackedTokens.decoderInput(target, beginning: configuration.specialTokens.beginning),
      over: encoder(packedSource, on: tape),
      sources: packedSource.sentences, on: tape
    ).hidden
    var result: [Float] = []
    tape.project(hidden, weight: output, into: &result)
    return result
  }

  private func checkLengths(_ source: TokenBatch, _ target: TokenBatch) {
    precondition(source.count == target.count, "\(source.count) sources, \(target.count) targets")
    precondition(
      max(source.width, target.width) <= configuration.maxPositions,
      "sentences of \(max(source.width, target.width)) tokens, at most \(configuration.maxPositions)")
  }
}

extension TokenBatch {
  /// The sentences, and where they are to stand there twice, behind them all of them again.
  fileprivate func repeated(_ times: Int) -> TokenBatch {
    times == 1 ? self : TokenBatch(ids: ids + ids, lengths: lengths + lengths, width: width)
  }

  /// The tokens of each sentence before its `</s>`.
  fileprivate var withoutEnds: [[TokenID]] {
    (0..<count).map { Array(self[sentence: $0].dropLast()) }
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
