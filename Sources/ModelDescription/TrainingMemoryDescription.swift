internal import Models
internal import Tensors
internal import Training

/// The memory of a training, by what it is for.
package struct TrainingMemoryDescription: Codable, Sendable, Equatable {
  /// The state of an optimizer.
  package struct OptimizerState: Codable, Sendable, Equatable {
    /// The optimizer, as in `--optimizer`.
    package var name: String
    /// Bytes that it remembers between updates.
    package var bytes: Int
  }

  /// The memory of another batch.
  package struct Growth: Codable, Sendable, Equatable {
    /// Tokens of the batch on each side.
    package var batchTokens: Int
    /// Tokens of each sentence.
    package var length: Int
    /// Bytes of the activations of the whole batch at once.
    package var batchActivations: Int
    /// Bytes of the activations that exist at a time, since a batch is computed in shards and pieces.
    package var activations: Int
    /// Peak bytes of the process while it makes updates.
    package var peak: Int

    private enum CodingKeys: String, CodingKey {
      case length, activations, peak
      case batchTokens = "batch_tokens"
      case batchActivations = "batch_activations"
    }
  }

  /// Shards of a batch that are computed at the same time.
  package var shards: Int
  /// The precision of products.
  package var precision: String
  /// The optimizer that ``peak`` counts.
  package var optimizer: String
  /// Bytes of the weights.
  package var parameters: Int
  /// Bytes of the gradients of one shard.
  package var gradientsOfShard: Int
  /// Bytes of the state of each optimizer.
  package var optimizers: [OptimizerState]
  /// Bytes of the moving average of weights.
  package var average: Int
  /// Bytes of the weights as products read them, rounded in two orders; 0 if the matrix library multiplies.
  package var rounded: Int
  /// Bytes of position tables.
  package var constants: Int
  /// Bytes of the activations of a shard.
  package var activationsOfShard: Int
  /// Bytes of the program, of what each thread needs, and of the text.
  package var program: Int
  /// Peak bytes of the process while it makes updates.
  package var peak: Int
  /// Peak bytes at most of the process during a validation, when gradients and activations are released: sentences of a model
  /// that has learned little may be long.
  package var validationPeak: Int
  /// Other batches and lengths.
  package var growth: [Growth]

  /// The memory of a model's training.
  init(_ model: Transformer, _ settings: DescriptionSettings) {
    let options = settings.trainer
    let memory = expectedMemory(model.configuration, settings)
    func floats(_ count: Int) -> Int { 4 * count }
    (shards, precision, optimizer) = (
      memory.shards, options.precision.rawValue, options.optimizer.name
    )
    (parameters, gradientsOfShard) = (floats(model.parameterCount), memory.gradients)
    let known: [any Optimizer] = [Adam(), SGD(), Adafactor()]
    optimizers = known.map {
      OptimizerState(name: $0.name, bytes: floats($0.stateCount(for: model.parameters)))
    }
    average = options.averageDecay > 0 ? parameters : 0
    rounded = options.precision == .bfloat16 ? parameters : 0
    constants = floats(model.configuration.positionConstants)
    (activationsOfShard, program) = (memory.activations + memory.drafts, memory.program)
    peak = memory.ofUpdates
    validationPeak = memory.program + memory.weights + memory.validation
    growth = [1024, 4096, 16384].flatMap { tokens in
      [16, 32, 64].map { length in
        Growth(model.configuration, settings, batchTokens: tokens, length: length)
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case shards, precision, optimizer, parameters, optimizers, average, rounded, constants, program, peak
    case growth
    case validationPeak = "validation_peak"
    case gradientsOfShard = "gradients_of_shard"
    case activationsOfShard = "activations_of_shard"
  }
}

extension TrainingMemoryDescription.Growth {
  init(_ model: ModelConfiguration, _ settings: DescriptionSettings, batchTokens: Int, length: Int) {
    var settings = settings
    (settings.batchTokens, settings.length) = (batchTokens, length)
    let memory = expectedMemory(model, settings)
    let activations = ActivationMemory(
      model, regularization: settings.trainer.regularization,
      nonautoregressive: settings.trainer.nonautoregressive)
    let pairs = max(1, batchTokens / length)
    (self.batchTokens, self.length) = (batchTokens, length)
    batchActivations =
      4
      * (activations.perBatch(longestSource: length, longestTarget: length)
        + pairs * activations.pair(source: length, target: length))
    self.activations = memory.shards * (memory.activations + memory.drafts)
    peak = memory.ofUpdates
  }
}

/// The memory of a training whose sentences have typical lengths.
private func expectedMemory(_ model: ModelConfiguration, _ settings: DescriptionSettings) -> TrainingMemory {
  let length = min(settings.length, model.maxPositions)
  return TrainingMemory(
    model, options: settings.trainer,
    lengths: TrainingMemory.Lengths(source: length, target: length, batch: settings.batchTokens),
    text: settings.pairs * bytesOfPair(length: settings.length), validationTokens: 1024)
}

extension TrainingMemory {
  /// Peak bytes without validations.
  fileprivate var ofUpdates: Int { program + weights + shards * (gradients + activations + drafts) }
}

/// Bytes of a sentence pair of the corpus: ids of both sides, where they begin, and its place in the order of an epoch.
private func bytesOfPair(length: Int) -> Int { 2 * (4 * length + 8) + 48 }
