public import Autodiff
public import Corpora
internal import Machine
public import Models
public import Tensors

/// What one update did.
public struct UpdateReport: Sendable {
  /// Loss sums over the target tokens of all batches, before the update.
  public var loss: LossSum
  /// The learning rate used.
  public var learningRate: Double
  /// The global norm of the gradient of the mean loss per token, before clipping.
  public var gradientNorm: Double
  /// Whether the update was skipped because the gradient was NaN or infinite; the weights are unchanged then.
  public var wasSkipped: Bool
  /// The norms of the layers' parts of the gradient; empty unless ``TrainerOptions/measuresLayerNorms`` is set.
  public var layerNorms: [LayerGradientNorm] = []
}

/// Holds weights and optimizer state, and makes one update at a time.
public final class Trainer {
  /// The architecture.
  public let model: Transformer
  /// The settings.
  public let options: TrainerOptions
  /// Updates done.
  public internal(set) var updates = 0
  /// The weights being trained.
  public let parameters: FlatBuffer
  package private(set) var optimizerState: any OptimizerState
  let average: FlatBuffer?
  private let rounded: RoundedWeights?
  let workers: [Worker]
  let activationLimit: Int
  let activationMemory: ActivationMemory
  let slices: UpdateSlices
  /// The elements whose optimizer state and average each process keeps; nil: every process keeps all of them.
  let shares: ProcessShares?
  /// Where layers begin and end; nil unless their norms are measured.
  private let layers: LayerSlices?
  let times: UpdateTimes?
  let reducer: any GradientReducer
  /// The shards of each batch that this process works on, one for each worker.
  private let shards: Range<Int>

  /// A trainer with the given or newly initialized weights.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - options: the settings.
  ///   - parameters: the weights to start from; nil to draw them from the seed.
  ///   - reducer: connects this process with others that train the same model.
  /// - Precondition: at least one shard for each process.
  public init(
    _ model: Transformer, options: TrainerOptions, parameters: FlatBuffer? = nil,
    reducer: any GradientReducer = WorkerOrderSum()
  ) {
    precondition(
      options.shards >= reducer.processCount && options.threads > 0,
      "Trainer: \(options.shards) shards, \(reducer.processCount) processes, \(options.threads) threads")
    let weights = parameters ?? model.initialParameters(seed: options.seed)
    (self.model, self.options, self.parameters) = (model, options, weights)
    precondition(
      !options.sharesOptimizer || options.optimizer.updatesEachWeightAlone,
      "Trainer: \(options.optimizer.name) cannot be shared")
    optimizerState = options.optimizer.makeState(for: model.parameters)
    average = options.averageDecay > 0 ? FlatBuffer(count: model.parameterCount) : nil
    let rounded = RoundedWeights(weights, options.precision, float32: options.float32Products)
    let limit = options.activationLimit ?? TrainerOptions.defaultActivationLimit(model.configuration)
    let slices = UpdateSlices(model, frozen: options.frozen)
    (self.rounded, activationLimit, self.slices) = (rounded, limit, slices)
    let shares =
      options.sharesOptimizer && reducer.processCount > 1
      ? ProcessShares(of: slices.trained, count: weights.count, processes: reducer.processCount) : nil
    self.shares = shares
    average?.copy(weights, in: shares?.range(of: reducer.rank) ?? 0..<weights.count)
    layers = options.measuresLayerNorms ? LayerSlices(model, slices) : nil
    (self.reducer, shards) = (reducer, reducer.share(of: options.shards))
    workers = shards.map { _ in
      Worker(
        parameters: weights, frozen: slices.frozen, activations: limit, rounded: rounded, options: options)
    }
    activationMemory = ActivationMemory(
      model.configuration, regularization: options.regularization,
      nonautoregressive: options.nonautoregressive)
    times = options.isProfiled ? UpdateTimes() : nil
  }

  /// The buffer that holds the gradients summed over all workers of all processes.
  var gradient: FlatBuffer { workers[0].gradients }

  /// One update from a batch, at the schedule's rate; see ``update(_:rate:)``.
  public func update(_ batch: Batch) -> UpdateReport {
    update([batch], rate: options.schedule.rate(update: updates + 1))
  }

  /// One update from one or several batches.
  ///
  /// Each batch is cut into shards, one for each worker, and those into pieces. The loss is a sum over tokens and is
  /// divided once, by the tokens of all batches: several batches are equivalent to one large batch, except for rounding
  /// and dropout. Gradients are summed in worker order: the result depends on the
  /// number of shards and on their pieces, never on the number of threads or processes or on which finished first.
  ///
  /// - Parameters:
  ///   - batches: the batches whose gradients are summed.
  ///   - rate: the learning rate.
  /// - Returns: a report; if the gradient is NaN or infinite, the weights and ``updates`` are unchanged.
  public func update(_ batches: [Batch], rate: Double) -> UpdateReport {
    measure(.roundingWeights) { refreshRoundedWeights() }
    var losses = batches.dropLast().enumerated().map { index, batch in addGradients(of: batch, at: index) }
    // Gradients are complete during the backward passes of the last batch.
    let progress = BackwardProgress(workers: workers.count, count: parameters.count)
    let reduction = measure(.sumOfGradients) { startSum(of: batches, progress) }
    for batch in batches.suffix(1) { losses.append(addGradients(of: batch, at: batches.count - 1, progress)) }
    let (loss, squares) = measure(.sumOfGradients) {
      (reducer.sum(losses), reduction.finish(threads: options.threads))
    }
    let norm = squares.squareRoot() / Double(max(loss.tokens, 1))
    // Every process has the same numbers and therefore makes the same decision.
    let isUsable = loss.tokens > 0 && norm.isFinite
    var report = UpdateReport(loss: loss, learningRate: rate, gradientNorm: norm, wasSkipped: !isUsable)
    measure(.apply) {
      if isUsable {
        report.layerNorms = apply(rate: rate, norm: norm, tokens: loss.tokens)
      } else {
        gradient.clear()
      }
    }
    times?.updates += 1
    return report
  }

  /// Rounds the weights again after an update or a checkpoint has changed them.
  private func refreshRoundedWeights() {
    guard let refreshes = rounded?.refreshes else { return }
    concurrently(refreshes.count, threads: options.threads) { refreshes[$0]() }
  }

  /// Adds the gradients of one batch of the update to the workers' buffers.
  ///
  /// - Parameters:
  ///   - batch: the batch.
  ///   - index: its index among the batches of the update.
  ///   - progress: records which gradients are complete; nil if other batches follow.
  /// - Returns: the loss of each worker's shard.
  private func addGradients(of batch: Batch, at index: Int, _ progress: BackwardProgress? = nil) -> [LossSum]
  {
    let cut = measure(.makingBatches) { batch.shards(count: options.shards)[shards].map(pieces) }
    let losses = measure(.shards) { [number = updates + 1, model, options, workers, shards] in
      concurrentMap(workers.count, threads: options.threads) { worker in
        let stream = UInt64(index * options.shards + shards.lowerBound + worker)
        return workers[worker].run(
          cut[worker], model: model, options: options, update: number,
          progress: { progress?.note(worker: worker, completeFrom: $0) }
        ) { piece in
          RandomSource(options.seed, 0x6472_6f70, UInt64(number), stream, UInt64(piece))
        }
      }
    }
    times?.noteShards(workers)
    return losses
  }

  /// Starts summing the gradients of all workers of all processes into ``gradient``.
  private func startSum(of batches: [Batch], _ progress: BackwardProgress) -> any GradientReduction {
    reducer.start(
      GradientWork(
        workers.map(\.gradients), in: slices.trained, nonzero: slices.nonzero(batches), shares: shares,
        progress: progress))
  }

  /// Sums complete gradients of all workers of all processes into ``gradient``.
  ///
  /// - Returns: the sum of the squares of the summed gradient.
  package func sumGradients() -> Double {
    reducer.sum(workers.map(\.gradients), in: slices.trained, threads: options.threads)
  }

  /// Clips, updates, averages and clears, in one pass over memory unless the optimizer needs another.
  ///
  /// - Returns: the norms of layers, if they are measured.
  @discardableResult
  package func apply(rate: Double, norm: Double, tokens: Int) -> [LayerGradientNorm] {
    updates += 1
    let clipping = options.clipNorm > 0 && norm > options.clipNorm ? options.clipNorm / norm : 1
    let numbers = UpdateNumbers(update: updates, rate: rate, gradientScale: clipping / Double(tokens))
    optimizerState.prepare(parameters, gradient: gradient, numbers: numbers, threads: options.threads)
    // The average decays faster at first, or it would retain the random initial weights.
    let decay = min(options.averageDecay, Float(updates + 1) / Float(updates + 10))
    let (parameters, average, gradient, state) = (parameters, average, gradient, optimizerState)
    let own = ownElements
    let squares = concurrentMap(slices.trained.count, threads: options.threads) { [slices, layers] index in
      let slice = slices.trained[index]
      defer { gradient.clear(slice) }
      guard own.contains(slice.lowerBound) else { return [Double]() }
      let squares = layers?.squares(of: gradient, inSlice: index) ?? []
      state.update(parameters, gradient: gradient, numbers: numbers, in: slice)
      average?.approach(parameters, share: 1 - decay, in: slice)
      return squares
    }
    if let shares { reducer.spread(parameters, in: slices.trained, shares: shares) }
    return layerNorms(squares, tokens: tokens)
  }

  /// The elements whose optimizer state and average this process keeps.
  var ownElements: Range<Int> { shares?.range(of: reducer.rank) ?? 0..<Int.max }

  /// The norms of layers from the squares of each slice, in every process; empty unless they are measured.
  private func layerNorms(_ squares: [[Double]], tokens: Int) -> [LayerGradientNorm] {
    guard let layers else { return [] }
    guard shares != nil else { return layers.norms(squares, scale: 1 / Double(tokens)) }
    // Each process has those of its slices: counts, then numbers.
    let all = reducer.gather(squares.flatMap { [Double($0.count)] + $0 })
    var merged = squares
    for numbers in all {
      var rest = numbers[...]
      for index in merged.indices {
        let count = Int(rest.removeFirst())
        if count > 0 { merged[index] = Array(rest.prefix(count)) }
        rest = rest.dropFirst(count)
      }
    }
    return layers.norms(merged, scale: 1 / Double(tokens))
  }

  /// A copy of the weights to validate and to save: the moving average if one is kept.
  ///
  /// With ``TrainerOptions/sharesOptimizer``, all processes must call it together.
  public func weightsForUse() -> FlatBuffer {
    let copy = FlatBuffer(count: parameters.count)
    guard let average else {
      copy.copy(parameters, in: 0..<copy.count)
      return copy
    }
    // What is frozen is equal in both.
    if shares != nil { copy.copy(parameters, in: 0..<copy.count) }
    copy.copy(average, in: ownElements.clamped(to: 0..<copy.count))
    if let shares { reducer.spread(copy, in: slices.trained, shares: shares) }
    return copy
  }

  /// Runs a phase of an update, and records its time if a profile is kept.
  func measure<Result>(_ phase: UpdateTimes.Phase, _ work: () throws -> Result) rethrows -> Result {
    guard let times else { return try work() }
    return try times.measure(phase, work)
  }
}
