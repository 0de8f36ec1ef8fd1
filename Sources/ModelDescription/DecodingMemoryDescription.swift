internal import Layers
internal import Models
internal import Tensors
internal import Training

/// The memory of translation, by what it is for.
package struct DecodingMemoryDescription: Codable, Sendable, Equatable {
  /// Memory that depends on what products compute with.
  package struct Compute: Codable, Sendable, Equatable {
    /// float32 or int8.
    package var type: String
    /// Bytes of the matrices as products read them.
    package var packed: Int
    /// Bytes of a second copy of the output matrix, with which greedy search finds the best token.
    package var screening: Int
    /// Peak bytes of a process that searches greedily.
    package var greedyPeak: Int
    /// Peak bytes of a process with a beam search.
    package var beamPeak: Int

    private enum CodingKeys: String, CodingKey {
      case type, packed, screening
      case greedyPeak = "greedy_peak"
      case beamPeak = "beam_peak"
    }
  }

  /// The cache of another beam and length.
  package struct Growth: Codable, Sendable, Equatable {
    /// Hypotheses of a sentence.
    package var beam: Int
    /// Tokens of the sentence and of each of its hypotheses.
    package var length: Int
    /// Bytes of the sentence's cache.
    package var bytes: Int
  }

  /// Bytes that the self-attention of all layers keeps for each token of a hypothesis: its query, key and value.
  package var cacheOfToken: Int
  /// Bytes that decoder cells without attention keep for each hypothesis, however long it is.
  package var stateOfHypothesis: Int
  /// Bytes of the keys and values of a source token in all decoder layers, which all hypotheses share.
  package var sourceToken: Int
  /// Hypotheses of a beam search.
  package var beam: Int
  /// Tokens of a typical sentence.
  package var length: Int
  /// Bytes of the cache of one such sentence.
  package var cacheOfSentence: Int
  /// Bytes that each thread needs for a batch of a greedy search.
  package var greedyBatch: Int
  /// Bytes that each thread needs for a beam search.
  package var beamBatch: Int
  /// What depends on the type of products.
  package var compute: [Compute]
  /// Other beams and lengths.
  package var growth: [Growth]

  /// The memory of translating with a model.
  init(_ model: Transformer, _ settings: DescriptionSettings) {
    let configuration = model.configuration
    let layers = configuration.isAutoregressive ? configuration.decoderLayers : 0
    let attends = configuration.decoderCell == .selfAttention
    cacheOfToken = attends ? 4 * 3 * configuration.size * layers : 0
    // The rows of the newest step, and memory for the next one.
    stateOfHypothesis = attends ? 0 : 4 * 2 * configuration.size * layers
    sourceToken = 4 * 2 * configuration.size * (layers + (configuration.nonautoregressive?.layers ?? 0))
    let (beam, length) = (settings.beam, settings.length)
    (self.beam, self.length) = (beam, length)
    let cache = CacheSize(token: cacheOfToken, hypothesis: stateOfHypothesis, sourceToken: sourceToken)
    cacheOfSentence = cache.sentence(beam: beam, length: length)
    let (limit, tokens) = settings.decodingBatch
    let sentences = max(1, min(limit, tokens / max(length, 1)))
    // A beam search has as many hypotheses at a time as a greedy search has sentences.
    let inBeam = max(1, min(sentences, 64 / max(beam, 1)))
    let inference = InferenceMemory(configuration)
    func batch(_ sentences: Int, beam: Int) -> Int {
      inference.encoded(tokens: sentences * length, longest: length)
        + sentences * cache.sentence(beam: beam, length: length)
    }
    // A beam search reads the scores of all tokens.
    let scores = 4 * inBeam * beam * configuration.targetVocabularySize
    let batches = (greedy: batch(sentences, beam: 1), beam: batch(inBeam, beam: beam) + scores)
    (greedyBatch, beamBatch) = batches
    let threads = settings.trainer.threads
    compute = ComputeType.allCases.map { type in
      let packed = PackedSize(model, type)
      let common = programOfTranslation + packed.weights + packed.matrices + threads * bytesOfThread
      return Compute(
        type: type.rawValue, packed: packed.matrices, screening: packed.screening,
        greedyPeak: common + packed.screening + threads * batches.greedy,
        beamPeak: common + threads * batches.beam)
    }
    growth = [1, settings.beam].flatMap { beam in
      [16, 64, 256].map { length in
        Growth(beam: beam, length: length, bytes: cache.sentence(beam: beam, length: length))
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case beam, length, compute, growth
    case cacheOfToken = "cache_of_token"
    case stateOfHypothesis = "state_of_hypothesis"
    case sourceToken = "source_token"
    case cacheOfSentence = "cache_of_sentence"
    case greedyBatch = "greedy_batch"
    case beamBatch = "beam_batch"
  }
}

/// The bytes of weights and of their packed copies.
private struct PackedSize {
  /// The stored weights that stay in memory: all but the pages of matrices that products have a copy of.
  let weights: Int
  let matrices: Int
  let screening: Int

  init(_ model: Transformer, _ type: ComputeType) {
    let configuration = model.configuration
    var (kept, packed, screened) = (0, 0, 0)
    for parameter in model.parameters {
      let count = parameter.range.count
      let isTable = ModelPart(parameter) == .embeddings
      let isOutput =
        configuration.tying.sharesOutput
        ? isTable && parameter.name == configuration.outputName : parameter.name == "lm_head.weight"
      let isProduct = parameter.extents.count > 1 && (!isTable || isOutput)
      let bytes = type == .int8 && parameter.extents.count > 1 ? count + 4 * parameter.extents[0] : 4 * count
      if !isProduct || isTable { kept += bytes }
      guard isProduct else { continue }
      // Bytes have a scale and a sum for each row.
      packed += type == .int8 ? count + 8 * parameter.extents[0] : 4 * count
      if isOutput, type == .float32 { screened += count + 16 * parameter.extents[0] }
    }
    (weights, matrices, screening) = (kept, packed, screened)
  }
}

extension ModelConfiguration {
  /// The name of the table that is also the output layer's matrix.
  fileprivate var outputName: String {
    tying == .all ? "model.shared.weight" : "model.decoder.embed_tokens.weight"
  }
}

/// The program, its libraries, the vocabulary, caches of words, and text that waits.
private let programOfTranslation = 62 << 20
/// The stack and the scratch memory of a thread.
private let bytesOfThread = 2 << 20
