import Foundation
import Layers
import ModelConversion
import ModelFolders
import Models
import Tensors
import Text
import Tokens

/// A small model with random weights and a SentencePiece vocabulary, as Marian would train it.
struct ExampleModel {
  let model: TrainedTransformer
  let pipeline: TextPipeline

  /// A model of the given architecture.
  init(_ change: (inout ModelConfiguration) -> Void = { _ in }) throws {
    pipeline = Self.pipeline
    let size = pipeline.vocabularySize(.source)
    var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 24, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (2, 2)
    (configuration.positionLayout, configuration.normEpsilon) = (.marian, 1e-6)
    configuration.hasOutputBias = true
    configuration.specialTokens = pipeline.specialTokens
    configuration.specialTokens.beginning = SpecialTokens.absent
    change(&configuration)
    let architecture = Transformer(configuration)
    let weights = architecture.initialParameters(seed: 3)
    // Biases that are not 0, gains of norms that are not 1.
    var random = RandomSource(11)
    weights.replace(at: 0, with: weights.array.map { $0 + 0.1 * (random.uniform() - 0.5) })
    model = TrainedTransformer(architecture, weights: weights)
  }

  private static let pipeline: TextPipeline = {
    var settings = TextPipelineSettings()
    settings.segmentation = SentencePieceSegmentation.name
    settings.sentencePiece.vocabularySize = 30
    let split = settings.makeWordSplitter(.source)
    let parts = ["low", "lower", "new", "newest", "wide", "wider", "play", "played", "Haus", "Häuser", "42"]
    let lines = (0..<400).map { line in
      Array((0..<1 + line % 5).map { parts[(line * 7 + $0 * 3) % parts.count] }.joined(separator: " ").utf8)
    }
    let counts = WordCounts(lines: lines.map(split))
    guard
      let pair = try? SentencePieceSegmentation.learn(
        from: (counts, counts), settings: settings, progress: { _, _ in })
    else { fatalError("the vocabulary cannot be learned") }
    return TextPipeline(settings: settings, source: pair.source, target: pair.target)
  }()

  /// The greedy tokens of a sentence.
  func greedyTokens(_ model: TrainedTransformer, steps: Int = 6) -> [TokenID?] {
    var state = model.start(TokenBatch([[5, 9, 12, pipeline.specialTokens.end]]))
    var last = model.architecture.configuration.specialTokens.beginning
    return (0..<steps).map { _ in
      let best = model.bestTokens(after: [last], &state, excluding: [[]])[0]
      last = best ?? 0
      return best
    }
  }
}

/// A folder that is removed with its last reference.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "model-conversion-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
