/// Ranges of numbers. The command rejects the same numbers when it reads its options.
extension TrainingRequest {
  func validateRanges() throws(TrainingRequestError) {
    for range in ranges {
      guard let problem = range.problem else { continue }
      throw .conflict(problem)
    }
  }

  private var ranges: [NumberRange] { counts + modelSizes + rates + learningRates + durations }

  private var counts: [NumberRange] {
    [
      .between("--batch-tokens", batches.tokens, 1, .max),
      .between("--accumulate", batches.accumulate, 1, 1_000_000),
      .between("--max-length", batches.maxLength, 1, 65536),
      .between("--threads", machine.threads, 1, 1024), .between("--shards", machine.shards, 1, 1024),
      .between("--max-memory", machine.maxMemory, 1, .max),
      .between("--max-updates", stopping.maxUpdates, 1, .max),
      .between("--max-epochs", stopping.maxEpochs, 1, .max),
      .between("--patience", stopping.patience, 0, .max), .between("--log-every", stopping.logEvery, 1, .max),
      .between("--skip-limit", optimizer.skipLimit, 1, 1_000_000),
      .between("--keep-checkpoints", averages.keepCheckpoints, 1, 100_000),
      .between("--average-last", averages.last, 2, 100_000),
      .between("--distill-beam", distillation.beam, 1, 1000),
      .between("--merges", vocabulary.merges, 0, .max),
      .between("--warmup", schedule.warmup, 0, .max),
      .between("--schedule-updates", schedule.updates, 1, .max),
      .between("--plateau-patience", schedule.plateauPatience, 1, .max),
    ]
  }

  private var modelSizes: [NumberRange] {
    [
      .between("--encoder-layers", architecture.encoderLayers, 1, 256),
      .between("--decoder-layers", architecture.decoderLayers, 1, 256),
      .between("--size", architecture.size, 1, 65536),
      .between("--inner-size", architecture.innerSize, 1, 1_048_576),
      .between("--heads", architecture.heads, 1, 256), .between("--nat-layers", decoder.layers, 1, 256),
      .between("--upsampling", decoder.upsampling, 1, 16),
      .between("--guided-alignment-layer", alignment.layer, 1, 256),
      .between("--guided-alignment-heads", alignment.heads, 1, 256),
    ]
  }

  private var rates: [NumberRange] {
    [
      .rate("--dropout", regularization.dropout),
      .rate("--attention-dropout", regularization.attentionDropout),
      .rate("--activation-dropout", regularization.activationDropout),
      .rate("--word-dropout", regularization.wordDropout), .rate("--layer-drop", regularization.layerDrop),
      .rate("--label-smoothing", regularization.labelSmoothing),
      .rate("--bpe-dropout", regularization.bpeDropout),
      .rate("--copy-unknowns", regularization.copyUnknowns), .rate("--average-decay", averages.decay),
      .rate("--weight-decay", optimizer.weightDecay), .rate("--momentum", optimizer.momentum),
      .rate("--beta1", optimizer.beta1, below: 0.999_999),
      .rate("--beta2", optimizer.beta2, below: 0.999_999),
      .between("--glancing", decoder.glancing, 0, 1), .between("--glancing-end", decoder.glancingEnd, 0, 1),
    ]
  }

  private var learningRates: [NumberRange] {
    [
      .above("--learning-rate", schedule.learningRate), .atLeast("--warmup-from", schedule.warmupFrom),
      .atLeast("--min-learning-rate", schedule.minLearningRate), .above("--noam-factor", schedule.noamFactor),
      .above("--plateau-factor", schedule.plateauFactor, atMost: 1),
      .above("--epsilon", optimizer.epsilon, atMost: 1), .atLeast("--clip-norm", optimizer.clipNorm),
      .atLeast("--r-drop", regularization.rDrop),
      .above("--guided-alignment-weight", alignment.weight, atMost: 1000),
    ] + corpora.trainWeight.map { .above("--train-weight", $0, atMost: 10_000) }
  }

  private var durations: [NumberRange] {
    [
      .above("--time-budget", stopping.timeBudget?.inSeconds),
      .above("--checkpoint-every", stopping.checkpointEvery.inSeconds),
      .above("--valid-script-timeout", validation.scriptTimeout?.inSeconds),
    ]
  }
}

/// A number of a request, and what it may be.
private struct NumberRange {
  /// What is wrong with the number, in the words of the command; nil if nothing is.
  let problem: String?

  private init<Number>(_ option: String, _ number: Number?, _ expected: String, _ isValid: (Number) -> Bool) {
    problem = number.flatMap { number in
      isValid(number) ? nil : "'\(number)' is not a value for '\(option)': expected a number \(expected)"
    }
  }

  static func between(_ option: String, _ number: Int?, _ lowest: Int, _ highest: Int) -> NumberRange {
    let expected = highest == .max ? "of at least \(lowest)" : "from \(lowest) to \(highest)"
    return NumberRange(option, number, expected) { lowest...highest ~= $0 }
  }

  static func between(_ option: String, _ number: Double?, _ lowest: Double, _ highest: Double) -> NumberRange
  {
    NumberRange(option, number, "from \(lowest) to \(highest)") { lowest...highest ~= $0 }
  }

  static func rate(_ option: String, _ number: Double?, below limit: Double = 1) -> NumberRange {
    NumberRange(option, number, "of at least 0 and below \(limit)") { 0..<limit ~= $0 }
  }

  static func atLeast(_ option: String, _ number: Double?) -> NumberRange {
    NumberRange(option, number, "of at least 0") { $0 >= 0 && $0.isFinite }
  }

  static func above(_ option: String, _ number: Double?, atMost highest: Double? = nil) -> NumberRange {
    NumberRange(option, number, "above 0" + (highest.map { ", at most \($0)" } ?? "")) {
      $0 > 0 && $0 <= highest ?? .greatestFiniteMagnitude
    }
  }
}
