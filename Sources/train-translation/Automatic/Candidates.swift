import CommandLineArguments
import Layers
import Models
import Recipes
import Text
import Training

/// The sizes among which `--preset auto` chooses, with what was given in place of their parts.
struct Candidates {
  private let arguments: TrainTranslationArguments
  private let pipeline: TextPipeline
  private let profile: TextProfile
  private let text: EncodedText

  init(
    _ arguments: TrainTranslationArguments, pipeline: TextPipeline, profile: TextProfile, text: EncodedText
  ) {
    (self.arguments, self.pipeline, self.profile, self.text) = (arguments, pipeline, profile, text)
  }

  /// Measures sizes and chooses one.
  func choose(by rule: SizeRule) throws -> (Choice, ModelPreset, MeasuredSpeed) {
    var models: [ModelPreset: ModelConfiguration] = [:]
    for preset in ModelPreset.allCases { models[preset] = try configuration(preset) }
    return rule.choose(
      work: { models[$0].map(SpeedTest.work) ?? 1 }, fits: { models[$0].map(fits) ?? false },
      measure: { preset in models[preset].map { measure($0, preset) } ?? MeasuredSpeed(alone: 0, present: 0) }
    )
  }

  /// The architecture of a size.
  func configuration(_ preset: ModelPreset) throws(ArgumentError) -> ModelConfiguration {
    try arguments.with(preset).configuration(
      sourceVocabulary: pipeline.vocabularySize(.source), targetVocabulary: pipeline.vocabularySize(.target),
      isJoint: pipeline.isJoint)
  }

  private func batchTokens(_ preset: ModelPreset) -> Int {
    arguments.given.contains(\.batchTokens)
      ? arguments.batchTokens : BatchRule.tokens(profile, preset: preset, threads: arguments.threads)
  }

  private var options: TrainerOptions {
    var options = TrainerOptions()
    (options.threads, options.shards) = (arguments.threads, arguments.shards ?? arguments.threads)
    (options.precision, options.optimizer) = (arguments.precision, arguments.makeOptimizer())
    return options
  }

  /// A moment: no one shall wait for long before a short training, and sizes that are slow need longer.
  private func measure(_ model: ModelConfiguration, _ preset: ModelPreset) -> MeasuredSpeed {
    let test = SpeedTest(
      lengths: text.lengths, batchTokens: batchTokens(preset),
      vocabulary: min(pipeline.vocabularySize(.source), pipeline.vocabularySize(.target)), options: options)
    let budget = arguments.timeBudget?.inSeconds ?? .infinity
    return test.measure(model, seconds: min(3, max(0.3, budget / 200)))
  }

  private func fits(_ model: ModelConfiguration) -> Bool {
    guard let limit = arguments.maxMemory?.bytes ?? MachineMemory().limit else { return true }
    let longest = arguments.maxLength + 1
    let lengths = TrainingMemory.Lengths(source: longest, target: longest, batch: arguments.batchTokens)
    return TrainingMemory(model, options: options, lengths: lengths, text: 0, validationTokens: 64).total
      <= limit
  }
}

extension TrainTranslationArguments {
  fileprivate func with(_ preset: ModelPreset) -> Self {
    var result = self
    result.preset = preset
    if result.innerSize == nil, result.activation.isGated {
      result.innerSize = ArchitectureRules.gatedInnerSize(preset)
    }
    return result
  }
}
