internal import Decoding
internal import Machine
internal import Models
internal import Tensors
internal import Tokens
internal import Training

/// Measures searches on random sentences of typical length, whose translations are as long as they are.
///
/// A model with random weights almost never ends a sentence, so each search takes as many steps as the sentence has
/// tokens.
struct DecodingSpeedTest {
  private let model: TrainedTransformer
  private let settings: DescriptionSettings
  private let rates: InferenceRates
  private let compute: ComputeType

  /// A test of a model with one type of products.
  init(
    _ model: TrainedTransformer, _ settings: DescriptionSettings, _ compute: ComputeType,
    _ rates: InferenceRates
  ) {
    (self.model, self.settings, self.rates) = (model.computing(in: compute), settings, rates)
    self.compute = compute
  }

  /// Greedy search and beam search in batches on all threads, and greedy search of single sentences on one; for a model
  /// without an autoregressive decoder its own search.
  func measure(seconds: Double) throws -> [DecodingSpeed] {
    let threads = settings.trainer.threads
    let (limit, tokens) = settings.decodingBatch
    let batch = max(1, min(limit, tokens / max(settings.length, 1)))
    guard model.architecture.configuration.isAutoregressive else {
      let search = try NonautoregressiveSearch(model, plan: SearchPlan(SearchOptions()))
      let name = model.architecture.configuration.nonautoregressive?.method.rawValue ?? ""
      let run: @Sendable (TokenBatch) -> Int = { source in
        search.decode(DecoderInput(source)).reduce(0) { $0 + ($1.first?.tokens.count ?? 0) }
      }
      return [(batch, threads), (1, 1)].map {
        speed(name, sentences: $0.0, threads: $0.1, beam: 1, seconds: seconds, run)
      }
    }
    // Predictions, of which the last one is counted, too.
    var limits = SearchLimits(maxLengthRatio: 1, maxLengthExtra: 1)
    // Trained weights may find that random tokens have no translation.
    limits.minLength = settings.length - 1
    let greedy = GreedySearch(limits: limits, computesScores: false)
    let beam = BeamSearch(beamSize: settings.beam, limits: limits)
    let together = max(1, min(batch, 64 / max(settings.beam, 1)))
    func run(_ strategy: some SearchStrategy) -> @Sendable (TokenBatch) -> Int {
      { [model] source in
        strategy.search(source, model: model).reduce(0) { $0 + ($1.first?.tokens.count ?? 0) }
      }
    }
    return [
      speed("greedy", sentences: batch, threads: threads, beam: 1, seconds: seconds, run(greedy)),
      speed(
        "beam \(settings.beam)", sentences: together, threads: threads, beam: settings.beam,
        seconds: seconds, run(beam)),
      speed("greedy", sentences: 1, threads: 1, beam: 1, seconds: seconds, run(greedy)),
      speed(
        "beam \(settings.beam)", sentences: 1, threads: 1, beam: settings.beam, seconds: seconds, run(beam)),
    ]
  }

  private func speed(
    _ name: String, sentences: Int, threads: Int, beam: Int, seconds: Double,
    _ search: @escaping @Sendable (TokenBatch) -> Int
  ) -> DecodingSpeed {
    let configuration = model.architecture.configuration
    let length = min(settings.length, configuration.maxPositions)
    let batches = (0..<threads).map {
      randomSentences(configuration, .source, count: sentences, length: length, seed: UInt64(3 + $0))
    }
    // Packs weights at the first use, and touches memory.
    var tokens = concurrentMap(batches, threads: threads, search).reduce(0, +)
    let clock = ContinuousClock()
    let start = clock.now
    var fastest = Double.infinity
    repeat {
      let before = processorTimeOfProcess()
      let time = clock.measure { tokens = concurrentMap(batches, threads: threads, search).reduce(0, +) }
      // Without the time in which other programs had the processors.
      let work = (processorTimeOfProcess() - before) / threads
      fastest = min(fastest, min(time, work) / .seconds(1))
    } while (clock.now - start) / .seconds(1) < seconds
    let arithmetic = ModelArithmetic(configuration)
    let source = Double(arithmetic.encoder + arithmetic.keysOfSource + arithmetic.upsampling)
    let target = Double(arithmetic.decoder + arithmetic.output) * Double(beam)
    let flop =
      configuration.isAutoregressive
      ? source + target : arithmetic.pair(source: length, target: length) / Double(length)
    return DecodingSpeed(
      search: name, compute: compute.rawValue, threads: threads, sentences: sentences,
      sentencesPerSecond: Double(sentences * threads) / max(fastest, 1e-9),
      tokensPerSecond: Double(tokens) / max(fastest, 1e-9),
      bandwidthBound: sentences == 1 && configuration.isAutoregressive
        ? rates.bandwidth / Double(bytesOfStep) : nil,
      productBound: Double(threads) * rates.product(compute) / max(flop, 1))
  }

  /// Bytes of the matrices that a step of the decoder reads.
  private var bytesOfStep: Int {
    let configuration = model.architecture.configuration
    let matrices = model.architecture.parameters.reduce(0) {
      ModelPart($1) == .decoder && $1.extents.count > 1 ? $0 + $1.range.count : $0
    }
    // Keys and values of the source are not computed in a step.
    let keys = 2 * configuration.size * configuration.size * configuration.decoderLayers
    let count = matrices - keys + configuration.size * configuration.targetVocabularySize
    return max(1, count) * (compute == .int8 ? 1 : 4)
  }
}
