public import Models
internal import Tensors

/// What a training needs of the machine's memory, known before its first update.
public struct TrainingMemory: Sendable, Equatable {
  /// The lengths that decide how much a training needs beside its parameters.
  public struct Lengths: Sendable, Equatable {
    /// Subwords of the longest source sentence, `</s>` counted.
    public var source: Int
    /// Subwords of the longest target sentence, `</s>` counted.
    public var target: Int
    /// Tokens of a batch: pairs × longest sentence.
    public var batch: Int

    /// The lengths given.
    public init(source: Int, target: Int, batch: Int) {
      (self.source, self.target, self.batch) = (source, target, batch)
    }
  }

  /// Bytes of the program and its text.
  public let program: Int
  /// Bytes of the weights with their moments and average, and of constants.
  public let weights: Int
  /// Bytes of a shard's gradients of all weights.
  public let gradients: Int
  /// Bytes that the activations of a shard take at most.
  public let activations: Int
  /// Bytes of a shard's first drafts, with glancing.
  public let drafts: Int
  /// Shards of a batch that this process works on at the same time.
  public let shards: Int
  /// Bytes that a validation takes, while the memory of gradients and activations is given back.
  public let validation: Int

  /// The memory of a training.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - options: with its shards and the limit of their activations.
  ///   - processes: that train together, each with its share of the shards.
  ///   - lengths: of sentences and batches.
  ///   - text: bytes of the text. The rest of the program is not measured but a constant: pieces that depended on
  ///     chance would make every run another one.
  ///   - validationTokens: decoded at the same time by each thread when the model is validated.
  public init(
    _ model: ModelConfiguration, options: TrainerOptions, processes: Int = 1, lengths: Lengths, text: Int,
    validationTokens: Int
  ) {
    let memory = ActivationMemory(
      model, regularization: options.regularization, nonautoregressive: options.nonautoregressive)
    shards = (options.shards + processes - 1) / processes
    program = text + programBytes + shards * (options.precision == .float32 ? 1 : 2) * shardBytes
    gradients = floats(model.parameterCount)
    let state = options.optimizer.stateCount(for: Transformer(model).parameters)
    // Rounded weights take two bytes each, in two orders.
    let copies = (options.averageDecay > 0 ? 2 : 1) + (options.precision == .float32 ? 0 : 1)
    weights = copies * gradients + floats(state + model.positionConstants)
    let limit = options.activationLimit ?? TrainerOptions.defaultActivationLimit(model)
    activations = floats(
      max(
        Self.smallestLimit(
          model, lengths, regularization: options.regularization,
          nonautoregressive: options.nonautoregressive),
        min(limit, Self.shard(memory, lengths, shards: options.shards))))
    // A first draft is made beside what is learned from; it takes less.
    drafts = options.nonautoregressive.glancing == GlancingSchedule() ? 0 : activations
    // The weights as they are, and again as decoding wants them; and half as much again for texts, small
    // blocks, and what is cut off when an arena grows.
    let batch = max(memory.tokens(validationLossTokens), memory.decoding(tokens: validationTokens))
    validation = 2 * gradients + options.threads * floats(batch * 3 / 2)
  }

  /// Bytes at the peak.
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

  /// Floats for the activations of a whole shard, if both sides are as long as can be.
  private static func shard(_ memory: ActivationMemory, _ lengths: Lengths, shards: Int) -> Int {
    let longest = max(lengths.source, lengths.target)
    // A shard ends with the sentence that fills it.
    let pairs = (lengths.batch / shards + longest) / max(longest, 1) + 1
    return memory.perBatch(longestSource: longest, longestTarget: longest)
      + pairs * memory.pair(source: longest, target: longest)
  }
}

/// Tokens of a batch whose loss is computed in a validation; a fixed number, so that perplexity depends on nothing
/// but the weights.
public let validationLossTokens = 256

/// The program and its libraries.
private let programBytes = 44 << 20
/// Buffers of matrix products, the stack of a thread, a batch.
private let shardBytes = 4 << 20

private func floats(_ count: Int) -> Int { count * MemoryLayout<Float>.size }
