import Autodiff
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

@Suite struct ActivationMemoryTests {
  static let configurations: [ModelConfiguration] = {
    var plain = ModelConfiguration(sourceVocabularySize: 300, targetVocabularySize: 300)
    (plain.size, plain.innerSize, plain.heads) = (64, 192, 4)
    (plain.encoderLayers, plain.decoderLayers) = (3, 3)
    var (pre, swish, uneven, quiet) = (plain, plain, plain, plain)
    pre.normPlacement = .pre
    (swish.activation, swish.activationDropout, swish.attentionDropout) = (.swish, 0.1, 0.1)
    (uneven.encoderLayers, uneven.decoderLayers, uneven.innerSize) = (5, 1, 256)
    (quiet.dropout, quiet.normPlacement, quiet.activation) = (0, .pre, .gelu)
    var bare = plain
    (bare.dropout, bare.activationDropout) = (0, 0.2)
    var (gated, gatedPre, rotary, alibi) = (plain, plain, plain, plain)
    (gated.activation, gated.positions) = (.reglu, .learned)
    (gatedPre.activation, gatedPre.activationDropout, gatedPre.normPlacement) = (.swiglu, 0.1, .pre)
    (rotary.positions, rotary.usesBias) = (.rotary, false)
    alibi.positions = .alibi
    var (ssru, average, ungated, normed) = (plain, plain, plain, plain)
    (ssru.decoderCell, ssru.hasOutputBias, ssru.decoderInnerSize) = (.ssru, true, 320)
    (average.decoderCell, average.averageAttention.innerSize) = (.averageAttention, 320)
    average.activationDropout = 0.1
    (ungated.decoderCell, ungated.averageAttention.innerSize) = (.averageAttention, 0)
    (ungated.averageAttention.isGated, ungated.normPlacement) = (false, .pre)
    (normed.normalizesEmbeddings, normed.endsInNorm, normed.tying) = (true, true, .embeddings)
    return [plain, pre, swish, uneven, quiet, bare, gated, gatedPre, rotary, alibi] + [
      ssru, average, ungated, normed,
    ]
  }()

  /// Non-autoregressive models of each method; the last one also has an autoregressive decoder.
  static let parallel: [ModelConfiguration] = {
    let (plain, pre) = (configurations[0], configurations[1])
    var result = NonautoregressiveMethod.allCases.flatMap { method in
      [plain, pre].map {
        var model = $0
        (model.isAutoregressive, model.nonautoregressive) = (
          false, NonautoregressiveConfiguration(method: method)
        )
        return model
      }
    }
    var (filling, both) = (result[0], result[4])
    filling.nonautoregressive?.ending = .endToken
    both.isAutoregressive = true
    result += [filling, both]
    return result
  }()

  @Test(
    arguments: parallel,
    [(1, 2...2, Float(0)), (40, 8...30, 0), (40, 8...30, 0.5), (3, 100...150, 0), (3, 100...150, 0.5)])
  func decodersThatPredictAllTokensAtOnceAreCounted(
    configuration: ModelConfiguration, batch: (Int, ClosedRange<Int>, glancing: Float)
  ) {
    let source = Self.sentences(batch.0, lengths: batch.1, seed: 1)
    let target = Self.sentences(batch.0, lengths: batch.1, seed: 2)
    var training = NonautoregressiveTraining()
    training.glancing.first = configuration.nonautoregressive?.method == .maskPredict ? 0 : batch.glancing
    let memory = ActivationMemory(configuration, nonautoregressive: training)
    let estimate = memory.batch(source: source, target: target)
    let taken = Self.taken(configuration, source, target, glancing: training.glancing.first)
    #expect(taken <= estimate, "\(configuration)")
    // Up to three chunks of logits and lengths, which small batches do not fill.
    let unused = 3 * 300 * rowsPerChunk(classes: 300)
    #expect(Double(estimate - unused) <= 1.6 * Double(taken), "\(estimate - unused) for \(taken)")
  }

  static func sentences(_ count: Int, lengths: ClosedRange<Int>, seed: UInt64) -> TokenBatch {
    var random = RandomSource(seed)
    return TokenBatch(
      (0..<count).map { _ in
        (1..<Int.random(in: lengths, using: &random)).map { _ in TokenID.random(in: 4..<300, using: &random) }
          + [SpecialTokens.standard.end]
      })
  }

  /// Floats that the arena allocated for the loss of a batch and its derivatives.
  static func taken(
    _ configuration: ModelConfiguration, _ source: TokenBatch, _ target: TokenBatch,
    _ regularization: Regularization = Regularization(), glancing: Float = 0
  ) -> Int {
    let model = Transformer(configuration)
    let gradients = FlatBuffer(count: model.parameterCount)
    let tape = Tape(training: model.initialParameters(seed: 1), gradients: gradients)
    tape.reset()
    _ = model.loss(
      source: source, target: target,
      objective: TrainingObjective(labelSmoothing: 0.1, regularization: regularization, glancing: glancing),
      alignments: (0..<source.count).map { _ in [AlignmentLink(source: 0, target: 0)] }, on: tape)
    tape.backward()
    return tape.arena.allocated
  }

  @Test(arguments: configurations, [(1, 2...2), (40, 8...30), (60, 20...20), (3, 100...150)])
  func estimateIsAnUpperBoundAndNear(configuration: ModelConfiguration, batch: (Int, ClosedRange<Int>)) {
    let source = Self.sentences(batch.0, lengths: batch.1, seed: 1)
    let target = Self.sentences(batch.0, lengths: batch.1, seed: 2)
    let memory = ActivationMemory(configuration)
    let (estimate, taken) = (
      memory.batch(source: source, target: target), Self.taken(configuration, source, target)
    )
    #expect(taken <= estimate, "\(configuration)")
    // A chunk of logits is made as large as the batch, which the estimate does not consider.
    let logits = 300 * max(0, rowsPerChunk(classes: 300) - target.tokenCount)
    let allowed = batch.0 == 1 ? 1.6 : 1.12
    #expect(Double(estimate - logits) <= allowed * Double(taken), "\(estimate - logits) for \(taken)")
  }

  @Test(arguments: configurations, [(1, 2...2), (40, 8...30), (3, 100...150)])
  func bothPassesOfRDropAreCounted(configuration: ModelConfiguration, batch: (Int, ClosedRange<Int>)) {
    let source = Self.sentences(batch.0, lengths: batch.1, seed: 1)
    let target = Self.sentences(batch.0, lengths: batch.1, seed: 2)
    var regularization = Regularization()
    (regularization.rDrop, regularization.wordDropout) = (5, 0.1)
    let (memory, taken) = (
      ActivationMemory(configuration, regularization: regularization),
      Self.taken(configuration, source, target, regularization)
    )
    let estimate = memory.batch(source: source, target: target)
    #expect(taken <= estimate, "\(configuration)")
    let unused = max(0, rowsPerChunk(classes: 300) - 2 * target.tokenCount) * (300 + configuration.size)
    let allowed = batch.0 == 1 ? 1.6 : 1.12
    #expect(Double(estimate - unused) <= allowed * Double(taken), "\(estimate - unused) for \(taken)")
  }

  /// One head's worth of attention in one layer, for each pass.
  @Test(arguments: configurations, [Float(0), 5])
  func guidedAlignmentIsCounted(configuration: ModelConfiguration, rDrop: Float) {
    let source = Self.sentences(40, lengths: 8...30, seed: 1)
    let target = Self.sentences(40, lengths: 8...30, seed: 2)
    var (plain, guided) = (Regularization(), Regularization())
    (plain.rDrop, guided.rDrop, guided.guidedAlignment) = (rDrop, rDrop, GuidedAlignment())
    let taken = [plain, guided].map { Self.taken(configuration, source, target, $0) }
    let estimates = [plain, guided].map {
      ActivationMemory(configuration, regularization: $0).batch(source: source, target: target)
    }
    #expect(taken[1] <= estimates[1] && taken[1] > taken[0], "\(configuration)")
    #expect(abs((estimates[1] - estimates[0]) - (taken[1] - taken[0])) <= 32)
  }

  @Test func presetsAreKnownFromTheirConfiguration() {
    for preset in [ModelPreset.tiny, .small] {
      let configuration = preset.configuration(sourceVocabularySize: 300, targetVocabularySize: 300)
      let (source, target) = (
        Self.sentences(12, lengths: 5...25, seed: 3), Self.sentences(12, lengths: 5...25, seed: 4)
      )
      let taken = Self.taken(configuration, source, target)
      let estimate = ActivationMemory(configuration).batch(source: source, target: target)
      let logits = 300 * max(0, rowsPerChunk(classes: 300) - target.tokenCount)
      #expect(taken <= estimate)
      #expect(Double(estimate - logits) < 1.15 * Double(taken))
    }
  }
}
