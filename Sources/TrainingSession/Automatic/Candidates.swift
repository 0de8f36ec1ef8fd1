import Layers
import Machine
import Models
import Recipes
import Tensors
import Text
import Training

/// The sizes that the preset `auto` chooses from, overridden by the parts that were given.
struct Candidates {
  /// The request with the choices so far.
  private let request: TrainingRequest
  private let givenBatchTokens: Int?
  private let processes: Int
  private let pipeline: TextPipeline
  private let profile: TextProfile
  private let text: EncodedText

  /// - Parameters:
  ///   - request: the request with the choices so far.
  ///   - asked: the request without them.
  ///   - processes: the number of processes that train together.
  ///   - pipeline: the vocabulary.
  ///   - profile: that of the text.
  ///   - text: the length of the text in subwords.
  init(
    _ request: TrainingRequest, asked: TrainingRequest, processes: Int, pipeline: TextPipeline,
    profile: TextProfile, text: EncodedText
  ) {
    (self.request, self.pipeline, self.profile, self.text) = (request, pipeline, profile, text)
    self.processes = processes
    givenBatchTokens = asked.batches.$tokens.isGiven ? asked.batches.tokens : nil
  }

  /// Measures sizes and chooses one.
  func choose(by rule: SizeRule) throws -> (Choice, ModelPreset, MeasuredSpeed) {
    var models: [ModelPreset: ModelConfiguration] = [:]
    for preset in ModelPreset.sizes { models[preset] = try configuration(preset) }
    return rule.choose(
      work: { models[$0].map(SpeedTest.work) ?? 1 }, fits: { models[$0].map(fits) ?? false },
      measure: { preset in models[preset].map { measure($0, preset) } ?? MeasuredSpeed(alone: 0, present: 0) }
    )
  }

  /// The architecture of a size.
  func configuration(_ preset: ModelPreset) throws(TrainingRequestError) -> ModelConfiguration {
    try request.with(preset).configuration(
      sourceVocabulary: pipeline.vocabularySize(.source), targetVocabulary: pipeline.vocabularySize(.target),
      isJoint: pipeline.isJoint)
  }

  /// The speed of matrix products in a size's feed-forward networks.
  func productSpeed(_ preset: ModelPreset) throws(TrainingRequestError) -> ProductSpeed {
    productSpeed(try configuration(preset))
  }

  private func productSpeed(_ model: ModelConfiguration) -> ProductSpeed {
    ProductSpeed.measured(model.typicalLayer(request.machine.chosenProducts))
  }

  private func options(_ model: ModelConfiguration) -> TrainerOptions {
    var options = TrainerOptions()
    let machine = request.machine
    options.threads = machine.threads
    // Those of this process.
    options.shards = max(1, machine.shards.map { $0 / processes } ?? machine.threads)
    (options.optimizer, options.float32Products) = (request.optimizer.makeOptimizer(), machine.chosenProducts)
    options.precision =
      machine.$precision.isGiven ? machine.precision : PrecisionRule.precision(productSpeed(model))
    return options
  }

  /// Measures for 0.3 to 3 seconds: not long before a short training, but long enough for slow sizes.
  ///
  /// This process computes its share of a batch, and the others count as equally fast.
  private func measure(_ model: ModelConfiguration, _ preset: ModelPreset) -> MeasuredSpeed {
    let tokens =
      givenBatchTokens
      ?? BatchRule.tokens(profile, preset: preset, threads: processes * request.machine.threads)
    let test = SpeedTest(
      lengths: text.lengths, batchTokens: tokens / processes,
      vocabulary: min(pipeline.vocabularySize(.source), pipeline.vocabularySize(.target)),
      options: options(model))
    let budget = request.stopping.timeBudget?.inSeconds ?? .infinity
    let speed = test.measure(model, seconds: min(3, max(0.3, budget / 200)))
    return MeasuredSpeed(alone: Double(processes) * speed.alone, present: Double(processes) * speed.present)
  }

  private func fits(_ model: ModelConfiguration) -> Bool {
    guard let limit = request.machine.maxMemory ?? MachineMemory().limit else { return true }
    let longest = request.batches.maxLength + 1
    let lengths = TrainingMemory.Lengths(source: longest, target: longest, batch: request.batches.tokens)
    return TrainingMemory(model, options: options(model), lengths: lengths, text: 0, validationTokens: 64)
      .total
      <= limit
  }
}

extension TrainingRequest {
  fileprivate func with(_ preset: ModelPreset) -> Self {
    var result = self
    result.architecture.preset = PresetName(preset)
    if result.architecture.innerSize == nil, result.architecture.activation.isGated {
      result.architecture.innerSize = ArchitectureRules.gatedInnerSize(preset)
    }
    return result
  }
}

extension PresetName {
  /// The name of a size.
  init(_ preset: ModelPreset) {
    self =
      switch preset {
      case .tiny: .tiny
      case .small: .small
      case .base: .base
      case .big: .big
      case .student: .student
      }
  }
}
