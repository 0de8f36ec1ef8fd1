public import Autodiff
internal import Layers
public import Tensors
public import Tokens

/// The architecture of an encoder-decoder Transformer, with the places of its parameters.
///
/// It holds no weights: the tape has them.
///
/// Source: Vaswani et al. 2017, "Attention Is All You Need".
public struct Transformer: Sendable {
  /// The configuration it was built from.
  public let configuration: ModelConfiguration
  /// All parameters in the order of their places, under the names of Hugging Face's Marian.
  public let parameters: [NamedParameter]
  /// The number of floats in all parameters.
  public let parameterCount: Int
  /// The embedding tables that are not the output layer's weight as well: only the rows of tokens that occur in a batch,
  /// and of special tokens, have gradients.
  public let lookupTables: [Parameter]
  let encoder: TransformerEncoder
  /// The autoregressive decoder, if there is one.
  let decoder: TransformerDecoder?
  /// The non-autoregressive decoder, if there is one.
  let nonautoregressive: NonautoregressiveDecoder?
  /// The output layer's weight, shape `[targetVocabularySize, size]`; often the embeddings themselves.
  let output: Parameter
  /// The output layer's bias, shape `[targetVocabularySize]`, if it has one.
  let outputBias: Parameter?

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
    (output, lookupTables) = (tables.output, tables.onlyLookedUp)
    outputBias =
      configuration.hasOutputBias
      ? builder.vector("final_logits_bias", configuration.targetVocabularySize, .constant(0)) : nil
    parameters = builder.parameters
    parameterCount = builder.count
  }

  /// Initial weights, drawn from the seed; each parameter has its own random stream.
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
  /// A non-autoregressive decoder adds its own loss, see ``NonautoregressiveMethod``; without another decoder, that is
  /// the loss. On a training tape the derivatives of the output layer are added immediately; `tape.backward()` adds the
  /// rest.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - target: their translations, ending in `</s>`, in the same order.
  ///   - objective: what the loss consists of.
  ///   - alignments: links between the tokens of each pair, by target, then source, for
  ///     ``Regularization/guidedAlignment``; nil for none.
  ///   - tape: records the operations.
  /// - Returns: sums over the predicted tokens, those of the autoregressive decoder if there is one; zeros for an empty
  ///   batch.
  public func loss(
    source: TokenBatch, target: TokenBatch, objective: TrainingObjective,
    alignments: [[AlignmentLink]]? = nil, on tape: Tape
  ) -> LossSum {
    guard target.tokenCount > 0 else { return LossSum() }
    checkLengths(source, target)
    let (regularization, labelSmoothing) = (objective.regularization, objective.labelSmoothing)
    let passes = regularization.rDrop > 0 && tape.mode == .training ? 2 : 1
    // With R-Drop every sentence is in the batch twice, and dropout is drawn for each row.
    let packedSource = PackedTokens(source.repeated(passes))
    func encode() -> Tensor { encoder(packedSource, regularization: regularization, on: tape) }
    let encoded = objective.freezesEncoder ? tape.withoutDerivatives(encode) : encode()
    var sum = LossSum()
    // If only the non-autoregressive decoder learns, the loss is its own alone.
    let decoder =
      nonautoregressive != nil && objective.freezesAutoregressive(configuration) ? nil : decoder
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
          hidden, weight: output, bias: outputBias, targets: targets, smoothing: labelSmoothing,
          alpha: regularization.rDrop)
        : tape.labelSmoothedCrossEntropy(
          hidden, weight: output, bias: outputBias, targets: targets, smoothing: labelSmoothing)
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

  /// The logits of a batch by teacher forcing, one row for each target token, without padding.
  ///
  /// - Returns: shape `[target tokens, targetVocabularySize]`, row by row.
  /// - Precondition: there is an autoregressive decoder.
  public func logits(source: TokenBatch, target: TokenBatch, on tape: Tape) -> [Float] {
    checkLengths(source, target)
    guard let decoder else { preconditionFailure("logits: the model has no autoregressive decoder") }
    let packedSource = PackedTokens(source)
    let hidden = decoder(
      PackedTokens.decoderInput(target, beginning: configuration.specialTokens.beginning),
      over: encoder(packedSource, on: tape),
      sources: packedSource.sentences, on: tape
    ).hidden
    var result: [Float] = []
    tape.project(hidden, weight: output, bias: outputBias, into: &result)
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
  /// The sentences, once or twice in a row.
  fileprivate func repeated(_ times: Int) -> TokenBatch {
    times == 1 ? self : TokenBatch(ids: ids + ids, lengths: lengths + lengths, width: width)
  }

  /// The tokens of each sentence before its `</s>`.
  fileprivate var withoutEnds: [[TokenID]] {
    (0..<count).map { Array(self[sentence: $0].dropLast()) }
  }
}

/// The embedding matrices, tied according to the configuration.
private struct EmbeddingTables {
  let source: Parameter
  let target: Parameter
  let output: Parameter

  /// Those besides the output layer's weight.
  var onlyLookedUp: [Parameter] {
    let inputs = source == target ? [source] : [source, target]
    return inputs.filter { $0 != output }
  }

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
    case .embeddings:
      source = table("model.shared.weight", configuration.sourceVocabularySize)
      target = source
      output = table("lm_head.weight", configuration.targetVocabularySize)
    case .none:
      source = table("model.encoder.embed_tokens.weight", configuration.sourceVocabularySize)
      target = table("model.decoder.embed_tokens.weight", configuration.targetVocabularySize)
      output = table("lm_head.weight", configuration.targetVocabularySize)
    }
  }
}
