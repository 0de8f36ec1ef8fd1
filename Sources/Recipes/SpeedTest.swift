import Corpora
import Machine
public import Models
import Tensors
import Text
import Tokens
public import Training

/// How fast a model was trained for a moment, in target tokens a second.
public struct MeasuredSpeed: Sendable, Equatable {
  /// By the time of the processors: what the machine does when nothing else runs.
  public var alone: Double
  /// By the time that passed: what it does at present.
  public var present: Double

  /// Speeds that were measured.
  ///
  /// - Parameters:
  ///   - alone: what the machine does when nothing else runs.
  ///   - present: what it does at present.
  public init(alone: Double, present: Double) {
    (self.alone, self.present) = (alone, present)
  }
}

/// Trains a fresh model for a moment on sentences of the text's lengths, to learn how fast that is.
///
/// Nothing of it remains. Where other programs run, the time that passes would tell of them: what is chosen follows
/// the time that the processors spent on this one, so that it is the same on a busy machine.
public struct SpeedTest: Sendable {
  private let batch: Batch
  private let options: TrainerOptions

  /// A test with one batch of random tokens.
  ///
  /// - Parameters:
  ///   - lengths: mean subwords of a sentence, `</s>` counted.
  ///   - batchTokens: pairs × longest sentence.
  ///   - vocabulary: tokens of the smaller vocabulary.
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

  /// Parameters that are multiplied with every target token: all but embeddings that are only looked up.
  public static func work(_ model: ModelConfiguration) -> Double {
    var layers = model
    (layers.sourceVocabularySize, layers.targetVocabularySize, layers.tying) = (1, 1, .all)
    return Double(layers.parameterCount + model.targetVocabularySize * model.size)
  }

  /// The speed of a model.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - seconds: how long it should take; one update and the one before, which does not count, in any case.
  /// - Returns: the speed in target tokens a second.
  public func measure(_ model: ModelConfiguration, seconds: Double) -> MeasuredSpeed {
    let trainer = Trainer(Transformer(model), options: options)
    // Memory is taken here, and caches get warm.
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
