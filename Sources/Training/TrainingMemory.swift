public import Models
internal import Tensors

/// The memory that a training run needs, computed before its first update.
public struct TrainingMemory: Sendable, Equatable {
  /// The lengths that determine the memory for everything but parameters.
  public struct Lengths: Sendable, Equatable {
    /// Subwords of the longest source sentence, including `</s>`.
    public var source: Int
    /// Subwords of the longest target sentence, including `</s>`.
    public var target: Int
    /// Tokens of a batch: pairs × longest sentence.
    public var batch: Int

    /// The lengths given.
    public init(source: Int, target: Int, batch: Int) {
      (self.source, self.target, self.batch) = (source, target, batch)
    }
  }

  /// Bytes of the program and the corpus.
  public let program: Int
  /// Bytes of the weights with optimizer state and average, and of constants.
  public let weights: Int
  /// Bytes of one shard's gradients.
  public let gradients: Int
  /// Bytes of one shard's activations, at most.
  public let activations: Int
  /// Bytes of one shard's first drafts, with glancing.
  public let drafts: Int
  /// Shards of a batch that this process works on at the same time.
  public let shards: Int
  /// Bytes of a validation, during which the memory of gradients and activations is released.
  public let validation: Int

  /// The memory of a training run.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - options: the settings, including shards and the limit on their activations.
  ///   - processes: the number of processes that train together, each with its share of the shards.
  ///   - lengths: the lengths of sentences and batches.
  ///   - text: bytes of the corpus. The rest of the program counts as a constant: if the limit on pieces followed from
  ///     measured memory, no two runs would be alike.
  ///   - validationTokens: the number of tokens that each thread decodes together during validation.
  public init(
    _ model: ModelConfiguration, options: TrainerOptions, processes: Int = 1, lengths: Lengths, text: Int,
    validationTokens: Int
  ) {
    let memory = ActivationMemory(
      model, regularization: options.regularization, nonautoregressive: options.nonautoregressive)
    shards = (options.shards + processes - 1) / processes
    program = text + programBytes + shards * (options.partsOfWeights == 0 ? 1 : 2) * shardBytes
    gradients = floats(model.parameterCount)
    let state = options.optimizer.stateCount(for: Transformer(model).parameters)
    let average = options.averageDecay > 0 ? model.parameterCount : 0
    let remembered = (state + average) / (options.sharesOptimizer ? processes : 1)
    // A part of a weight takes two bytes, and is stored in two orders.
    weights = (1 + options.partsOfWeights) * gradients + floats(remembered + model.positionConstants)
    let limit = options.activationLimit ?? TrainerOptions.defaultActivationLimit(model)
    activations = floats(
      max(
        Self.smallestLimit(
          model, lengths, regularization: options.regularization,
          nonautoregressive: options.nonautoregressive),
        min(limit, Self.shard(memory, lengths, shards: options.shards))))
    // The first draft needs memory in addition to the training pass, but less.
    drafts = options.nonautoregressive.glancing == GlancingSchedule() ? 0 : activations
    // The weights, and a copy packed for decoding; 50 % on top of the activations for text, small blocks, and waste
    // when an arena grows.
    let batch = max(
      memory.tokens(validationLossTokens), memory.decoding(tokens: validationTokens, longest: lengths.source))
    validation = 2 * gradients + options.threads * floats(batch * 3 / 2)
  }

  /// Peak bytes.
  public var total: Int { program + weights + max(shards * (gradients + activations + drafts), validation) }

  /// Floats for the activations of the longest pair, which cannot be cut.
  public static func smallestLimit(
    _ model: ModelConfiguration, _ lengths: Lengths, regularization: Regularization = Regularization(),
    nonautoregressive: NonautoregressiveTraining = NonautoregressiveTraining()
  ) -> Int {
    let memory = ActivationMemory(
      model, regularization: regularization, nonautoregressive: nonautoregressive)
    return memory.perBatch(longestSource: lengths.source, longestTarget: lengths.target)
      + memory.pair(source: lengths.source, target: lengths.target)
  }

  /// Floats for the activations of a whole shard if all sentences are of maximum length.
  private static func shard(_ memory: ActivationMemory, _ lengths: Lengths, shards: Int) -> Int {
    let longest = max(lengths.source, lengths.target)
    // The last sentence of a shard may exceed the shard's size.
    let pairs = (lengths.batch / shards + longest) / max(longest, 1) + 1
    return memory.perBatch(longestSource: longest, longestTarget: longest)
      + pairs * memory.pair(source: longest, target: longest)
  }
}

/// The number of tokens of a batch when the validation loss is computed; fixed, so that perplexity depends only on the
/// weights.
public let validationLossTokens = 256

/// The program and its libraries.
private let programBytes = 44 << 20
/// Buffers of matrix products, the stack of a thread, and a batch.
private let shardBytes = 4 << 20

private func floats(_ count: Int) -> Int { count * MemoryLayout<Float>.size }
