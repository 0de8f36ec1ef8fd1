import Models
import Text

/// A pipeline for a text; separate vocabularies have different sizes.
func makePipeline(_ text: String, joint: Bool = true) -> TextPipeline {
  var settings = TextPipelineSettings()
  (settings.tokenizer, settings.joint) = (.whitespace, joint)
  func part(_ text: String) -> (encoding: BytePairEncoding, vocabulary: Vocabulary) {
    let counts = WordCounts(lines: [Array(text.utf8)])
    let encoding = BytePairEncoding.learn(from: counts, merges: 5)
    return (encoding, Vocabulary(of: counts, encoding: encoding))
  }
  guard joint else {
    return TextPipeline(
      settings: settings, source: part(text), target: part(String(text.reversed()) + " x y"))
  }
  return TextPipeline(settings: settings, encoding: part(text).encoding, vocabulary: part(text).vocabulary)
}

func makeModel(_ pipeline: TextPipeline, seed: UInt64 = 1) -> TrainedTransformer {
  var configuration = ModelConfiguration(
    sourceVocabularySize: pipeline.vocabularySize(.source),
    targetVocabularySize: pipeline.vocabularySize(.target))
  (configuration.size, configuration.heads, configuration.innerSize) = (16, 2, 32)
  (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
  if !pipeline.isJoint { configuration.tying = .decoder }
  let architecture = Transformer(configuration)
  return TrainedTransformer(architecture, weights: architecture.initialParameters(seed: seed))
}

/// A vocabulary and a model for it.
struct ToyModel {
  let pipeline: TextPipeline
  let model: TrainedTransformer

  init(_ text: String, joint: Bool = true, seed: UInt64 = 1) {
    pipeline = makePipeline(text, joint: joint)
    model = makeModel(pipeline, seed: seed)
  }
}
