public import Autodiff
public import Corpora
internal import Machine
public import Models
public import Tensors

/// What a trainer must know beside the model.
public struct TrainerOptions: Sendable {
  /// Draws initial weights, dropout and the order of batches.
  public var seed: UInt64 = 1
  /// Pieces that each batch is cut into; the result depends on it.
  public var shards = 1
  /// Threads that work on the shards; the result does not depend on it.
  public var threads = 1
  /// Floats that the activations of a shard take at most; nil: what ``defaultActivationLimit(_:)`` says.
  ///
  /// A shard that needs more is worked on in pieces, one after another, whose gradients are added up. The result
  /// depends on it.
  public var activationLimit: Int?
  /// ε of the label-smoothed cross-entropy.
  public var labelSmoothing: Float = 0.1
  /// R-Drop, guided alignment and what else acts on training alone.
  public var regularization = Regularization()
  /// Of a decoder that predicts all tokens at once.
  public var nonautoregressive = NonautoregressiveTraining()
  /// What the factors of matrix products are rounded to.
  ///
  /// - Precondition: this processor has it; see ``MatrixPrecision/problem``.
  public var precision = MatrixPrecision.float32
  /// The gradient's global norm is cut down to this; 0 turns clipping off.
  public var clipNorm = 1.0
  /// The learning rate of every update.
  public var schedule = LearningRateSchedule(peak: 5e-4, warmup: 4000)
  /// The rule of the updates, with its settings.
  public var optimizer: any Optimizer = Adam()
  /// Parts whose weights stay as they are, to the bit: no updates, no weight decay, and no say in the norm that is
  /// clipped.
  ///
  /// Their derivatives are not computed; nor is anything derived through an encoder that is frozen with the embeddings
  /// below it.
  public var frozen: Set<ModelPart> = []
  /// Decay of the moving average of weights that is validated and saved; 0 turns it off.
  ///
  /// Source: Polyak and Juditsky 1992; as `--exponential-smoothing` in Marian.
  public var averageDecay: Float = 0.999
  /// Whether ``Trainer/profile`` is kept; the result does not depend on it.
  public var isProfiled = false

  /// The defaults.
  public init() {}

  /// What the loss of an update is made of, counted from 1.
  func objective(update: Int) -> TrainingObjective {
    TrainingObjective(
      labelSmoothing: labelSmoothing, regularization: regularization,
      glancing: nonautoregressive.glancing.share(update: update),
      frozen: frozen)
  }
}

/// What one update did.
public struct UpdateReport: Sendable {
  /// Sums over the batch's target tokens, before the update.
  public var loss: LossSum
  /// The learning rate that was used.
  public var learningRate: Double
  /// The gradient's global norm, of the mean loss per token, before clipping.
  public var gradientNorm: Double
  /// The gradient was no number, so the weights stayed as they were.
  public var wasSkipped: Bool
}

/// Weights, optimizer state and the rule that changes them: one update at a time.
///
/// Copies share their weights: a trainer belongs to one task.
public struct Trainer {
  /// The architecture.
  public let model: Transformer
  /// The settings.
  public let options: TrainerOptions
  /// Updates done.
  public private(set) var update = 0
  /// The weights that are trained.
  public let parameters: FlatBuffer
  package private(set) var optimizerState: any OptimizerState
  let average: FlatBuffer?
  private let rounded: RoundedWeights?
  let workers: [Worker]
  let activationLimit: Int
  let activationMemory: ActivationMemory
  private let slices: UpdateSlices
  var laps: UpdateLaps?

  /// A trainer of the given weights, or of fresh ones.
  public init(_ model: Transformer, options: TrainerOptions, parameters: FlatBuffer? = nil) {
    precondition(options.shards > 0 && options.threads > 0, "Trainer: \(options.shards) shards")
    self.model = model
    self.options = options
    self.parameters = parameters ?? model.initialParameters(seed: options.seed)
    optimizerState = options.optimizer.makeState(for: model.parameters)
    let weights = self.parameters
    average = options.averageDecay > 0 ? FlatBuffer(count: model.parameterCount) : nil
    average?.copy(weights, in: 0..<weights.count)
    let rounded = options.precision == .float32 ? nil : RoundedWeights(weights)
    self.rounded = rounded
    let limit = options.activationLimit ?? TrainerOptions.defaultActivationLimit(model.configuration)
    let slices = UpdateSlices(model, frozen: options.frozen)
    self.slices = slices
    workers = (0..<options.shards).map { _ in
      Worker(
        parameters: weights, frozen: slices.frozen, activations: limit, rounded: rounded, options: options)
    }
    (activationLimit, activationMemory) = (
      limit,
      ActivationMemory(
        model.configuration, regularization: options.regularization,
        nonautoregressive: options.nonautoregressive)
    )
    laps = options.isProfiled ? UpdateLaps() : nil
  }

  /// One update from a batch, at the schedule's rate; see ``step(_:rate:)``.
  public mutating func step(_ batch: Batch) -> UpdateReport {
    step([batch], rate: options.schedule.rate(update: update + 1))
  }

  /// One update from one or several batches, each of which is cut into as many shards as there are workers, and
  /// those into pieces.
  ///
  /// The loss is a sum over tokens and is divided once, by the tokens of all batches: several batches are one
  /// large batch, but for rounding and dropout. Gradients are summed in worker order: the result depends on the
  /// number of shards and on their pieces, never on how many threads ran them or which came first.
  ///
  /// - Parameters:
  ///   - batches: their gradients are added up.
  ///   - rate: the learning rate.
  /// - Returns: what it did; where the gradient is no number, the weights and the count of updates stay.
  public mutating func step(_ batches: [Batch], rate: Double) -> UpdateReport {
    refreshRoundedWeights()
    var loss = LossSum()
    for (number, batch) in batches.enumerated() { loss += addGradients(of: batch, number: number) }
    let norm = sumGradients().squareRoot() / Double(max(loss.tokens, 1))
    laps?.lap(.sumOfGradients)
    let isUsable = loss.tokens > 0 && norm.isFinite
    if isUsable {
      apply(rate: rate, norm: norm, tokens: loss.tokens)
    } else {
      workers[0].gradients.clear()
    }
    laps?.lap(.apply)
    return UpdateReport(loss: loss, learningRate: rate, gradientNorm: norm, wasSkipped: !isUsable)
  }

  /// Brings the rounded weights up to what the last update, or a checkpoint, made of them.
  private mutating func refreshRoundedWeights() {
    guard let refreshes = rounded?.refreshes else { return }
    laps?.start()
    concurrently(refreshes.count, threads: options.threads) { refreshes[$0]() }
    laps?.lap(.rounding)
  }

  /// The loss of a batch, the update's batch of this number; its derivatives are added to the workers' gradients.
  private mutating func addGradients(of batch: Batch, number: Int) -> LossSum {
    laps?.start()
    let shards = batch.shards(count: workers.count).map(pieces)
    laps?.lap(.makingBatches)
    let (next, model, options, workers) = (update + 1, model, options, workers)
    let losses = concurrentMap(workers.count, threads: options.threads) { index in
      let stream = UInt64(number * workers.count + index)
      return workers[index].run(
        shards[index], model: model, options: options, update: next
      ) { piece in
        RandomSource(options.seed, 0x6472_6f70, UInt64(next), stream, UInt64(piece))
      }
    }
    laps?.lap(.shards)
    laps?.longestShards += workers.map(\.busy.newest).max() ?? .zero
    return losses.reduce(into: LossSum()) { $0 += $1 }
  }

  /// Sums all workers' gradients into the first's, slice by slice, always in worker order, and clears the others
  /// while they are in the cache.
  ///
  /// - Returns: the sum of squares of the result.
  package func sumGradients() -> Double {
    let (workers, trained) = (workers, slices.trained)
    return concurrentMap(trained.count, threads: options.threads) { index in
      for worker in workers.dropFirst() {
        workers[0].gradients.add(worker.gradients, in: trained[index])
        worker.gradients.clear(trained[index])
      }
      return workers[0].gradients.sumOfSquares(trained[index])
    }.reduce(0, +)
  }

  /// Clips, updates, averages and clears, in one pass over memory where the optimizer needs no other.
  package mutating func apply(rate: Double, norm: Double, tokens: Int) {
    update += 1
    let clipping = options.clipNorm > 0 && norm > options.clipNorm ? options.clipNorm / norm : 1
    let step = UpdateStep(update: update, rate: rate, gradientScale: clipping / Double(tokens))
    optimizerState.prepare(parameters, gradient: workers[0].gradients, step: step, threads: options.threads)
    // Young averages forget faster, or the random start would stay in them.
    let decay = min(options.averageDecay, Float(update + 1) / Float(update + 10))
    let (parameters, average, workers, state) = (parameters, average, workers, optimizerState)
    concurrently(slices.trained.count, threads: options.threads) { [slices] index in
      let slice = slices.trained[index]
      state.update(parameters, gradient: workers[0].gradients, step: step, in: slice)
      average?.approach(parameters, share: 1 - decay, in: slice)
      workers[0].gradients.clear(slice)
    }
  }

  /// The weights to validate and to save: the moving average where one is kept.
  public func weightsForUse() -> FlatBuffer {
    let copy = FlatBuffer(count: parameters.count)
    copy.copy(average ?? parameters, in: 0..<copy.count)
    return copy
  }

  /// Continues from where an earlier run stood.
  mutating func restore(update: Int) { self.update = update }
}
