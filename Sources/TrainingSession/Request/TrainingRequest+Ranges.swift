public import Formatting
import Text

/// Ranges of numbers, for the request as well as for the command's options.
extension TrainingRequest {
  /// The range of an option that sets a number.
  ///
  /// - Parameter option: the name of an option of `train-translation`, including the dashes.
  /// - Returns: the allowed values.
  /// - Precondition: the option sets a number of limited range.
  public static func range(of option: String) -> NumberRange {
    guard let number = numbers.first(where: { $0.option == option }) else {
      preconditionFailure("TrainingRequest: no range of \(option)")
    }
    return number.range
  }

  func validateRanges() throws(TrainingRequestError) {
    for number in Self.numbers {
      for value in number.values(self) where !number.range.contains(value) {
        throw .conflict(
          "'\(Readable.shortest(value))' is not a value for '\(number.option)': expected a number, "
            + number.range.description)
      }
    }
  }

  private static let numbers: [LimitedNumber] = [
    // Counts.
    LimitedNumber("--batch-tokens", \.batches.tokens, .atLeast(1)),
    LimitedNumber("--accumulate", \.batches.accumulate, .between(1, 1_000_000)),
    LimitedNumber("--max-length", \.batches.maxLength, .between(1, 65536)),
    LimitedNumber("--threads", \.machine.threads, .between(1, 1024)),
    LimitedNumber("--shards", \.machine.shards, .between(1, 1024)),
    LimitedNumber("--max-memory", \.machine.maxMemory, .atLeast(1)),
    LimitedNumber("--max-updates", \.stopping.maxUpdates, .atLeast(1)),
    LimitedNumber("--max-epochs", \.stopping.maxEpochs, .atLeast(1)),
    LimitedNumber("--patience", \.stopping.patience, .atLeast(0)),
    LimitedNumber("--log-every", \.stopping.logEvery, .atLeast(1)),
    LimitedNumber("--skip-limit", \.optimizer.skipLimit, .between(1, 1_000_000)),
    LimitedNumber("--keep-checkpoints", \.averages.keepCheckpoints, .between(1, 100_000)),
    LimitedNumber("--average-last", \.averages.last, .between(2, 100_000)),
    LimitedNumber("--distill-beam", \.distillation.beam, .between(1, 1000)),
    LimitedNumber("--extend-count", \.start.extendCount, .atLeast(1)),
    LimitedNumber("--extend-spans", \.start.extendSpans, .between(0, Double(SpanTokens.most))),
    LimitedNumber("--merges", \.vocabulary.merges, .atLeast(0)),
    LimitedNumber("--warmup", \.schedule.warmup, .atLeast(0)),
    LimitedNumber("--schedule-updates", \.schedule.updates, .atLeast(1)),
    LimitedNumber("--plateau-patience", \.schedule.plateauPatience, .atLeast(1)),
    // Sizes of the model.
    LimitedNumber("--encoder-layers", \.architecture.encoderLayers, .between(1, 256)),
    LimitedNumber("--decoder-layers", \.architecture.decoderLayers, .between(1, 256)),
    LimitedNumber("--size", \.architecture.size, .between(1, 65536)),
    LimitedNumber("--inner-size", \.architecture.innerSize, .between(1, 1_048_576)),
    LimitedNumber("--heads", \.architecture.heads, .between(1, 256)),
    LimitedNumber("--nat-layers", \.decoder.layers, .between(1, 256)),
    LimitedNumber("--upsampling", \.decoder.upsampling, .between(1, 16)),
    LimitedNumber("--guided-alignment-layer", \.alignment.layer, .between(1, 256)),
    LimitedNumber("--guided-alignment-heads", \.alignment.heads, .between(1, 256)),
    // Rates.
    LimitedNumber("--dropout", \.regularization.dropout, .rate),
    LimitedNumber("--attention-dropout", \.regularization.attentionDropout, .rate),
    LimitedNumber("--activation-dropout", \.regularization.activationDropout, .rate),
    LimitedNumber("--word-dropout", \.regularization.wordDropout, .rate),
    LimitedNumber("--layer-drop", \.regularization.layerDrop, .rate),
    LimitedNumber("--label-smoothing", \.regularization.labelSmoothing, .rate),
    LimitedNumber("--bpe-dropout", \.regularization.bpeDropout, .rate),
    LimitedNumber("--copy-unknowns", \.regularization.copyUnknowns, .rate),
    LimitedNumber("--annotate-terms", \.regularization.annotateTerms, .between(0, 1)),
    LimitedNumber("--train-spans", \.regularization.trainSpans, .between(0, 1)),
    LimitedNumber("--average-decay", \.averages.decay, .rate),
    LimitedNumber("--weight-decay", \.optimizer.weightDecay, .rate),
    LimitedNumber("--momentum", \.optimizer.momentum, .rate),
    LimitedNumber("--beta1", \.optimizer.beta1, .atLeast(0, below: 0.999_999)),
    LimitedNumber("--beta2", \.optimizer.beta2, .atLeast(0, below: 0.999_999)),
    LimitedNumber("--glancing", \.decoder.glancing, .between(0, 1)),
    LimitedNumber("--glancing-end", \.decoder.glancingEnd, .between(0, 1)),
    // Learning rates and weights.
    LimitedNumber("--learning-rate", \.schedule.learningRate, .above(0)),
    LimitedNumber("--warmup-from", \.schedule.warmupFrom, .atLeast(0)),
    LimitedNumber("--min-learning-rate", \.schedule.minLearningRate, .atLeast(0)),
    LimitedNumber("--noam-factor", \.schedule.noamFactor, .above(0)),
    LimitedNumber("--plateau-factor", \.schedule.plateauFactor, .above(0, atMost: 1)),
    LimitedNumber("--epsilon", \.optimizer.epsilon, .above(0, atMost: 1)),
    LimitedNumber("--clip-norm", \.optimizer.clipNorm, .atLeast(0)),
    LimitedNumber("--r-drop", \.regularization.rDrop, .atLeast(0)),
    LimitedNumber("--guided-alignment-weight", \.alignment.weight, .above(0, atMost: 1000)),
    LimitedNumber("--corpus-window", \.batches.corpusWindow, .between(1, 1_000_000_000)),
    LimitedNumber("--train-weight", \.corpora.trainWeight, .above(0, atMost: 10_000)),
    LimitedNumber("--replay-weight", \.start.replayWeight, .above(0, atMost: 10_000)),
    // Of BLEU, perplexity or the user's own program, which may count below 0.
    LimitedNumber("--target-score", \.stopping.targetScore, .between(-1_000_000, 1_000_000)),
    // Durations.
    LimitedNumber("--time-budget", \.stopping.timeBudget, .above(0)),
    LimitedNumber("--checkpoint-every", \.stopping.checkpointEvery, .above(0)),
    LimitedNumber("--valid-script-timeout", \.validation.scriptTimeout, .above(0)),
  ]
}

/// A number of a request, and its range.
private struct LimitedNumber: Sendable {
  let option: String
  /// The values in use; several for a list, none for an optional without a value.
  let values: @Sendable (TrainingRequest) -> [Double]
  let range: NumberRange

  init(
    _ option: String, _ property: any KeyPath<TrainingRequest, some RequestedNumber> & Sendable,
    _ range: NumberRange
  ) {
    (self.option, self.range) = (option, range)
    values = { $0[keyPath: property].values }
  }
}

private protocol RequestedNumber: SendableMetatype {
  var values: [Double] { get }
}

extension Int: RequestedNumber {
  fileprivate var values: [Double] { [Double(self)] }
}

extension Double: RequestedNumber {
  fileprivate var values: [Double] { [self] }
}

extension Duration: RequestedNumber {
  fileprivate var values: [Double] { [inSeconds] }
}

extension Optional: RequestedNumber where Wrapped: RequestedNumber {
  fileprivate var values: [Double] { map(\.values) ?? [] }
}

extension Array: RequestedNumber where Element: RequestedNumber {
  fileprivate var values: [Double] { flatMap(\.values) }
}
