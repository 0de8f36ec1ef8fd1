public import Files

/// The machine-readable log: one JSON object per line, written immediately.
///
/// A run that is resumed appends to the log of the run it continues.
public final class TrainingLog {
  private let log: LineLog

  /// A log at the given path.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - update: keeps the lines up to this update, because a resumed run repeats the later ones; nil to start with an
  ///     empty file.
  /// - Throws: `FileError` if the file cannot be read or opened for writing.
  public init(path: String, keepingUpTo update: Int?) throws(FileError) {
    log = try LineLog(path: path, keepingUpTo: update)
  }

  /// Appends an entry.
  ///
  /// If the disk is full, the line is lost, but training continues.
  public func append(_ entry: TrainingLogEntry) { try? log.append(entry) }

  /// Reads a log; lines that are damaged are left out.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public static func read(path: String) throws(FileError) -> [TrainingLogEntry] { try readLines(path: path) }
}

/// One line of the log; fields that do not apply are left out.
public struct TrainingLogEntry: Codable, Sendable {
  /// Updates done.
  public var update = 0
  /// The current epoch, from 1.
  public var epoch = 0
  /// Seconds since the start, including earlier parts of a resumed run.
  public var seconds = 0.0
  /// Label-smoothed cross-entropy since the previous line, in nats per target token.
  public var loss: Double?
  /// exp of the unsmoothed cross-entropy since the previous line.
  public var perplexity: Double?
  /// The divergence between R-Drop's two predictions, in nats per target token; not part of ``loss``.
  public var divergence: Double?
  /// Guided alignment's unweighted loss, in nats per target token; not part of ``loss``.
  public var alignmentLoss: Double?
  /// The learning rate of the newest update.
  public var learningRate: Double?
  /// The global norm of the newest gradient, before clipping.
  public var gradientNorm: Double?
  /// Target tokens trained on so far, including `</s>`.
  public var targetTokens: Int?
  /// Target tokens per second since the previous line.
  public var targetTokensPerSecond: Double?
  /// Resident memory of the process in bytes.
  public var memory: Int?
  /// Perplexity on the validation set.
  public var validPerplexity: Double?
  /// BLEU of the decoded validation set.
  public var validBLEU: Double?
  /// chrF of the decoded validation set.
  public var validChrF: Double?
  /// The score of the decoded validation set by the user's own program.
  public var validScript: Double?
  /// Whether the validation was the best so far.
  public var isBest: Bool?
  /// An exceptional event.
  public var event: Event?
  /// The number of the skipped batch in its epoch, from 1.
  public var batch: Int?
  /// The first pairs of that batch, counted from 1 over the pairs kept when the corpus was loaded.
  public var pairs: [Int]?
  /// Why the run rolled back, diverged, shortened its warm-up or ended.
  public var reason: String?
  /// The update at which the run rolled back.
  public var from: Int?
  /// The factor on the scheduled learning rate from now on.
  public var learningRateFactor: Double?

  /// Events other than updates and validations.
  public enum Event: String, Codable, Sendable {
    /// An update was skipped because its gradient was NaN or infinite.
    case skipped
    /// The run rolled back to the last good checkpoint.
    case rolledBack = "rolled_back"
    /// The time budget is too short for the warm-up, which ends earlier than asked.
    case warmupShortened = "warmup_shortened"
    /// The run diverged and ended because it could not roll back any more.
    case diverged
    /// The run, or a part of it that can be resumed, ended; the reason is a ``TrainingEnd/name``.
    case ended
  }

  private enum CodingKeys: String, CodingKey {
    case update, epoch, seconds, loss, perplexity, divergence
    case alignmentLoss = "alignment_loss"
    case learningRate = "learning_rate"
    case gradientNorm = "gradient_norm"
    case targetTokens = "target_tokens"
    case targetTokensPerSecond = "target_tokens_per_second"
    case validPerplexity = "valid_perplexity"
    case validBLEU = "valid_bleu"
    case validChrF = "valid_chrf"
    case validScript = "valid_script"
    case isBest = "is_best"
    case memory, event, batch, pairs, reason, from
    case learningRateFactor = "learning_rate_factor"
  }
}
