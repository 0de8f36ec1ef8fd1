import Files
import Foundation
import Machine
import TensorBoardEvents
import Training

/// Writes the events of a training for TensorBoard.
struct TensorBoardRecorder {
  private let log: TensorBoardLog
  /// Norms of the layers' gradients since the newest log line, by layer.
  private var norms: [String: [Double]] = [:]
  /// Updates skipped since then.
  private var skipped = 0

  /// Opens the folder.
  ///
  /// - Parameters:
  ///   - folder: the folder of this training.
  ///   - update: the update that a resumed training continues after; nil for a new training.
  /// - Throws: `FileError` if it cannot be written to.
  init(folder: String, continuingAfter update: Int?) throws(FileError) {
    log = try TensorBoardLog(folder: folder, continuingAfter: update)
  }

  /// Records an event of the run.
  ///
  /// - Returns: whether there was anything to write.
  /// - Throws: `FileError` if it cannot be written.
  mutating func record(_ event: TrainingEvent) throws(FileError) -> Bool {
    switch event {
    case .updated(let report, _, _):
      for norm in report.layerNorms { norms[norm.layer, default: []].append(norm.norm) }
      return false
    case .skipped:
      skipped += 1
      return false
    case .logged(let entry): try record(entry)
    case .validated(let scores, let state, _):
      try log.record(scores.summaries, update: state.update, seconds: state.seconds)
    case .rolledBack(_, _, _, let state):
      norms = [:]
      try log.rollBack(to: state.update)
    default: return false
    }
    return true
  }

  /// Records the samples of a validation.
  ///
  /// - Throws: `FileError` if they cannot be written.
  func record(_ entry: SampleLogEntry) throws(FileError) {
    try log.record(entry.samples.map(\.summary), update: entry.update, seconds: 0)
  }

  private mutating func record(_ entry: TrainingLogEntry) throws(FileError) {
    let histograms = norms.sorted { $0.key < $1.key }.compactMap { layer, norms in
      ValueHistogram(norms).map { SummaryValue(tag: "gradient_norm/\(layer)", .histogram($0)) }
    }
    let summaries = entry.summaries + [.scalar("train/skipped_updates", Double(skipped))] + histograms
    (norms, skipped) = ([:], 0)
    try log.record(
      summaries, update: entry.update, seconds: entry.seconds)
  }
}

extension TrainingLogEntry {
  /// The numbers of a line about updates.
  fileprivate var summaries: [SummaryValue] {
    let numbers: [(String, Double?)] = [
      ("train/loss", loss), ("train/perplexity", perplexity), ("train/divergence", divergence),
      ("train/alignment_loss", alignmentLoss), ("train/learning_rate", learningRate),
      ("train/gradient_norm", gradientNorm), ("train/target_tokens", targetTokens.map(Double.init)),
      ("train/epoch", Double(epoch)), ("machine/target_tokens_per_second", targetTokensPerSecond),
      ("machine/memory_mebibytes", memory.map { Double($0) / 1_048_576 }),
    ]
    return numbers.compactMap { tag, number in number.map { .scalar(tag, $0) } }
  }
}

extension ValidationScores {
  /// The scores, and the loss that belongs to the perplexity.
  fileprivate var summaries: [SummaryValue] {
    [.scalar("valid/loss", log(perplexity))]
      + ValidationMetric.allCases.compactMap { metric in
        self[metric].map { .scalar("valid/\(metric)", $0) }
      }
  }
}

extension SampleTranslation {
  /// The sentence with its reference and its translation, in Markdown.
  fileprivate var summary: SummaryValue {
    SummaryValue(
      tag: "samples/line \(line)",
      .text(
        "**Source:** \(plain(source))\n\n**Reference:** \(plain(reference))\n\n"
          + "**Translation:** \(plain(translation))"))
  }
}

/// Text that Markdown shows as it is.
private func plain(_ text: String) -> String {
  text.map { character in
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case _ where character.isNewline: " "
    case _ where "\\`*_{}[]()#+-.!|~:".contains(character): "\\\(character)"
    default: String(character)
    }
  }.joined()
}
