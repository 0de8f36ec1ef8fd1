import Corpora
import Machine
public import Models
import Tensors
import Text
import Tokens
public import Training

/// The speed of a short training, in target tokens per second.
public struct MeasuredSpeed: Sendable, Equatable {
  /// By processor time: the speed if nothing else runs.
  public var alone: Double
  /// By wall-clock time: the present speed.
  public var present: Double

  /// Measured speeds.
  ///
  /// - Parameters:
  ///   - alone: the speed if nothing else runs.
  ///   - present: the present speed.
  public init(alone: Double, present: Double) {
    (self.alone, self.present) = (alone, present)
  }
}

/// Trains a new model briefly on sentences of the text's lengths, to measure the speed.
///
/// The model is discarded. Choices follow processor time rather than wall-clock time, so that they are the same on a
/// busy machine.
public struct SpeedTest: Sendable {
  private let batch: Batch
  private let options: TrainerOptions

  /// A test with one batch of random tokens.
  ///
  /// - Parameters:
  ///   - lengths: mean number of subwords per sentence, `</s>` included.
  ///   - batchTokens: pairs × longest sentence.
  ///   - vocabulary: the size of the smaller vocabulary.
  ///   - options: how to train.
  public init(
    lengths: (source: Double, target: Double), batchTokens: Int, vocabulary: Int, options: TrainerOptions
  ) {
    self.options = options
    let (source, target) = (Int(max(1, lengths.source)), Int(max(1, lengths.target)))
    var random = RandomSource(1, 0x7370_6565)
    func sentence(_ length: Int) -> [TokenID] {
      (0..<length).map { _ in TokenID(Float(vocabulary - 1) * random.uniform()) }
    }
    let count = max(1, batchTokens / max(source, target))
    batch = Batch(
      source: TokenBatch((0..<count).map { _ in sentence(source) }),
      target: TokenBatch((0..<count).map { _ in sentence(target) }), pairs: Array(0..<count))
  }

  /// Number of parameters used in products for every target token: all but embeddings that are only looked up.
  public static func work(_ model: ModelConfiguration) -> Double {
    var layers = model
    (layers.sourceVocabularySize, layers.targetVocabularySize, layers.tying) = (1, 1, .all)
    return Double(layers.parameterCount + model.targetVocabularySize * model.size)
  }

  /// The speed of a model.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - seconds: how long it should take; at least two updates are done, of which the first does not count.
  /// - Returns: the speed in target tokens per second.
  public func measure(_ model: ModelConfiguration, seconds: Double) -> MeasuredSpeed {
    let trainer = Trainer(Transformer(model), options: options)
    // Allocates memory and warms up caches.
    _ = trainer.update([batch], rate: 1e-6)
    let clock = ContinuousClock()
    let (start, processorStart) = (clock.now, processorTimeOfProcess())
    var updates = 0
    repeat {
      _ = trainer.update([batch], rate: 1e-6)
      updates += 1
    } while (clock.now - start) / .seconds(1) < seconds
    let tokens = Double(updates * batch.targetTokens)
    let present = tokens / max((clock.now - start) / .seconds(1), 1e-9)
    let work = (processorTimeOfProcess() - processorStart) / .seconds(1)
    let atOnce = Double(min(options.threads, options.shards, availableProcessors()))
    return MeasuredSpeed(alone: max(present, tokens * atOnce / max(work, 1e-9)), present: present)
  }
}
