internal import Autodiff
internal import Corpora
internal import Models
internal import Tensors
internal import Tokens
internal import Training

/// Measures updates of a model with random weights on random tokens, and says what of their time depends on the batch.
///
/// The model is discarded. Of several updates, the fastest counts, and time in which other programs had the processors
/// does not, so that a busy machine gives nearly the same figures as an idle one.
struct TrainingSpeedTest {
  private let settings: DescriptionSettings
  private let batch: Batch
  private let trainer: Trainer

  /// A test in one precision.
  ///
  /// - Precondition: this machine supports the precision.
  init(_ model: Transformer, _ settings: DescriptionSettings, precision: MatrixPrecision) {
    self.settings = settings
    var options = settings.trainer
    (options.precision, options.isProfiled) = (precision, true)
    if precision != .float32 { options.float32Products = .library }
    // Larger batches are computed in pieces of about this size, one after another.
    let tokens = min(settings.batchTokens, options.shards * 1024)
    batch = randomBatch(model.configuration, length: settings.length, tokens: tokens)
    trainer = Trainer(model, options: options)
  }

  /// Makes updates for some seconds; at least two, of which the first allocates memory and does not count.
  func measure(seconds: Double) -> TrainingSpeed {
    func update() -> UpdateSample {
      _ = trainer.update([batch], rate: 1e-6)
      return UpdateSample(trainer.profile)
    }
    var before = update()
    var fastest: UpdateSample?
    let (clock, start) = (ContinuousClock(), ContinuousClock().now)
    repeat {
      let after = update()
      let sample = after.since(before)
      if sample.seconds < fastest?.seconds ?? .infinity { fastest = sample }
      before = after
    } while (clock.now - start) / .seconds(1) < seconds
    return speed(fastest ?? before)
  }

  private func speed(_ sample: UpdateSample) -> TrainingSpeed {
    let tokens = Double(batch.targetTokens)
    var result = TrainingSpeed(
      precision: trainer.options.precision.rawValue, measuredTokens: batch.targetTokens,
      secondsOfUpdate: sample.fixed, secondsOfToken: sample.shards / tokens, tokensPerSecond: 0,
      shareOfProducts: sample.shareOfProducts(threads: trainer.options.threads),
      operations: sample.operations(threads: trainer.options.threads), batches: [])
    result.tokensPerSecond = result.tokensPerSecond(batchTokens: settings.batchTokens)
    result.batches = [1024, 4096, 16384].map {
      TrainingSpeed.BatchSpeed(batchTokens: $0, tokensPerSecond: result.tokensPerSecond(batchTokens: $0))
    }
    return result
  }
}

/// What a trainer's profile says about its updates, in seconds of the clock.
private struct UpdateSample {
  /// Work whose time does not depend on the batch.
  var fixed = 0.0
  /// The shards, as if no other program ran.
  var shards = 0.0
  /// Each operation, summed over threads.
  var costs: [OperationName: Cost] = [:]

  struct Cost {
    var forward = 0.0
    var backward = 0.0
    var flop = 0
  }

  init(_ profile: TrainingProfile?) {
    guard let profile else { return }
    func seconds(_ duration: Duration) -> Double { duration / .seconds(1) / Double(profile.threads) }
    let update = profile.roundingWeights + profile.sumOfGradients + profile.applyingGradients
    fixed = seconds(update)
    shards = seconds(
      profile.total - update - profile.waitingForProcessors - profile.waitingForShards)
    for cost in profile.operations {
      costs[cost.name] = Cost(
        forward: cost.forward / .seconds(1), backward: cost.backward / .seconds(1), flop: cost.flop)
    }
  }

  /// The time of an update.
  var seconds: Double { fixed + shards }

  /// The updates since an earlier sample.
  func since(_ earlier: UpdateSample) -> UpdateSample {
    var result = self
    result.fixed -= earlier.fixed
    result.shards -= earlier.shards
    for (name, cost) in earlier.costs {
      result.costs[name]?.forward -= cost.forward
      result.costs[name]?.backward -= cost.backward
      result.costs[name]?.flop -= cost.flop
    }
    return result
  }

  func shareOfProducts(threads: Int) -> Double {
    let products = costs.values.reduce(0.0) { $1.flop > 0 ? $0 + $1.forward + $1.backward : $0 }
    return products / max(shards * Double(threads), 1e-12)
  }

  func operations(threads: Int) -> [TrainingSpeed.Operation] {
    let all = costs.map { name, cost in
      let (flop, time) = (Double(cost.flop), cost.forward + cost.backward)
      return TrainingSpeed.Operation(
        name: name.description, forward: cost.flop > 0 ? flop / max(cost.forward, 1e-12) : nil,
        backward: cost.flop > 0 ? 2 * flop / max(cost.backward, 1e-12) : nil,
        share: time / max(seconds * Double(threads), 1e-12))
    }
    return all.sorted { ($0.share, $1.name) > ($1.share, $0.name) }
  }
}

/// Random sentences of one length on both sides, as many as a batch of `tokens` has.
private func randomBatch(_ model: ModelConfiguration, length: Int, tokens: Int) -> Batch {
  let length = min(length, model.maxPositions)
  let count = max(1, tokens / max(1, length))
  return Batch(
    source: randomSentences(model, .source, count: count, length: length, seed: 1),
    target: randomSentences(model, .target, count: count, length: length, seed: 2), pairs: Array(0..<count))
}

/// The side of a sentence.
enum SentenceSide { case source, target }

/// Random sentences that end in `</s>`.
func randomSentences(
  _ model: ModelConfiguration, _ side: SentenceSide, count: Int, length: Int, seed: UInt64
) -> TokenBatch {
  let size = side == .source ? model.sourceVocabularySize : model.targetVocabularySize
  // Words, not special tokens, if there are any.
  let first = size > 8 ? 4 : 0
  var random = RandomSource(seed, 0x6465_7363)
  return TokenBatch(
    (0..<count).map { _ in
      (1..<max(2, length)).map { _ in TokenID.random(in: TokenID(first)..<TokenID(size), using: &random) }
        + [model.specialTokens.end]
    })
}
