public import Files
internal import Foundation

/// The machine-readable log: one JSON object a line, appended and flushed line by line.
///
/// A run that is resumed appends to the log of the run it continues.
public final class TrainingLog {
  private let handle: FileHandle

  /// A log at the given path.
  ///
  /// - Parameters:
  ///   - path: of the file.
  ///   - update: keeps the lines up to this update, since a run that was killed comes by the later ones again;
  ///     nil: the file starts empty.
  /// - Throws: `FileError` where the file cannot be read or opened for writing.
  public init(path: String, keepingUpTo update: Int?) throws(FileError) {
    var kept: [UInt8] = []
    if let update, fileExists(path) {
      let lines = try readFile(path: path).split(separator: newline)
      kept = Array(lines.filter { Self.isKept($0, upTo: update) }.joined(separator: [newline]))
      if !kept.isEmpty { kept.append(newline) }
    }
    try writeFileAtomically(path: path, contents: kept)
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw FileError.notWritable(path: path, reason: "the file cannot be opened")
    }
    self.handle = handle
    _ = try? handle.seekToEnd()
  }

  /// A line that says no update, such as one that was torn when the machine stopped, stays.
  private static func isKept(_ line: ArraySlice<UInt8>, upTo update: Int) -> Bool {
    struct Update: Decodable { let update: Int }
    guard let entry = try? JSONDecoder().decode(Update.self, from: Data(line)) else { return true }
    return entry.update <= update
  }

  /// Appends an entry.
  ///
  /// A full disk loses a line of the log, never the training.
  public func append(_ entry: TrainingLogEntry) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let line = try? encoder.encode(entry) else { return }
    try? handle.write(contentsOf: line + [newline])
  }
}

private let newline = UInt8(ascii: "\n")

/// One line of the log; what does not apply is left out.
public struct TrainingLogEntry: Codable, Sendable {
  /// Updates done.
  public var update = 0
  /// The epoch that is running, from 1.
  public var epoch = 0
  /// Seconds since the start, earlier parts of a resumed run included.
  public var seconds = 0.0
  /// Label-smoothed cross-entropy since the line before, nats per target token.
  public var loss: Double?
  /// exp of the unsmoothed cross-entropy since the line before.
  public var perplexity: Double?
  /// How far R-Drop's two predictions lie apart, nats per target token; no part of ``loss``.
  public var divergence: Double?
  /// How far attention is from the given alignments, nats per target token, without its weight; no part of ``loss``.
  public var alignmentLoss: Double?
  /// The rate of the newest update.
  public var learningRate: Double?
  /// The newest gradient's global norm, before clipping.
  public var gradientNorm: Double?
  /// Target tokens trained on in all, `</s>` counted.
  public var targetTokens: Int?
  /// Since the line before.
  public var targetTokensPerSecond: Double?
  /// On the validation set.
  public var validPerplexity: Double?
  /// BLEU of the decoded validation set.
  public var validBLEU: Double?
  /// chrF of the decoded validation set.
  public var validChrF: Double?
  /// What the user's own program made of the decoded validation set.
  public var validScript: Double?
  /// The validation was the best so far.
  public var isBest: Bool?
  /// Something out of the order.
  public var event: Event?
  /// The batch of the epoch that was left out, from 1.
  public var batch: Int?
  /// The first pairs of that batch, counted from 1 over those that were kept.
  public var pairs: [Int]?
  /// Why the run was rolled back or ended.
  public var reason: String?
  /// The update that the run stood at before it was rolled back.
  public var from: Int?
  /// What the schedule's rate is multiplied by from now on.
  public var learningRateFactor: Double?

  /// What can happen beside updates and validations.
  public enum Event: String, Codable, Sendable {
    /// A batch was left out since its gradient was NaN or infinite.
    case skipped
    /// The last good checkpoint came back.
    case rolledBack = "rolled_back"
    /// The run ended, since that had not helped.
    case diverged
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
    case event, batch, pairs, reason, from
    case learningRateFactor = "learning_rate_factor"
  }
}
