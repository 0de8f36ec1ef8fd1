import Decoding
import Dispatch
import Models
import Synchronization
import Tensors
import Tokens

/// Searches with a randomly initialized model, which almost never ends a sentence: every translation reaches its limit
/// of one token more than the source.
var decodingWorks: [Work] {
  [1, 5].flatMap { beam in
    [
      Work(name: "decode, beam \(beam), batches of 64") { arguments in
        DecodingWork(preset: arguments.preset, beam: beam).round(batchSize: 64, threads: arguments.threads)
      },
      Work(name: "decode, beam \(beam), one by one") { arguments in
        DecodingWork(preset: arguments.preset, beam: beam).round(batchSize: 1, threads: 1)
      },
    ]
  }
}

private struct DecodingWork {
  private let configuration: ModelConfiguration
  private let model: TrainedTransformer
  private let strategy: any SearchStrategy
  private let beam: Int
  /// Longest first, so that the sentences of a batch have about equal lengths.
  private let sentences: [[TokenID]]

  init(preset: ModelPreset, beam: Int) {
    let vocabulary = 9_712
    configuration = preset.configuration(sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
    let limits = SearchLimits(maxLengthRatio: 1, maxLengthExtra: 1)
    strategy = beam == 1 ? GreedySearch(limits: limits) : BeamSearch(beamSize: beam, limits: limits)
    self.beam = beam
    var random = RandomSource(2)
    sentences = (0..<128).map { index in
      (0..<24 - index / 8).map { _ in TokenID.random(in: 4..<TokenID(vocabulary), using: &random) }
        + [SpecialTokens.standard.end]
    }
  }

  func round(batchSize: Int, threads: Int) -> Round {
    // One by one, some of the sentences take long enough.
    let chosen =
      batchSize == 1 ? stride(from: 0, to: sentences.count, by: 8).map { sentences[$0] } : sentences
    let batches = stride(from: 0, to: chosen.count, by: batchSize).map {
      TokenBatch(Array(chosen[$0..<min($0 + batchSize, chosen.count)]))
    }
    let tokens = Double(chosen.reduce(0) { $0 + $1.count })
    return Round(
      amounts: [("tokens", tokens), ("sentences", Double(chosen.count))],
      operations: operations(sourceTokens: tokens, steps: tokens * Double(beam)), threads: threads
    ) {
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < batches.count else { return }
          _ = strategy.search(batches[index], model: model)
        }
      }
    }
  }

  /// FLOP of matrix products, excluding those inside attention.
  private func operations(sourceTokens: Double, steps: Double) -> Double {
    let (size, inner) = (configuration.size, configuration.innerSize)
    let source =
      configuration.encoderLayers * (4 * size * size + 2 * size * inner)
      + configuration.decoderLayers * 2 * size * size
    let target =
      configuration.decoderLayers * (6 * size * size + 2 * size * inner)
      + size * configuration.targetVocabularySize
    return 2 * (Double(source) * sourceTokens + Double(target) * steps)
  }
}
