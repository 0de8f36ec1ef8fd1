import Confidence
import Files
import ModelCalibration
import ModelFolders
import Training

/// What a finished model's probabilities and attention are worth, learned from the validation text.
extension SessionWork {
  /// Pairs that confidence is learned from: enough for errors of a hundredth, and translated within a minute or so.
  private static let pairsOfCalibration = 1000

  /// Writes confidence and the heads that align words best into the model folder.
  ///
  /// The model is finished without them, so whatever goes wrong is only reported.
  func calibrate(_ settings: TrainingSettings) {
    let files = settings.corpora.valid
    do {
      let pairs = try calibrationPairs(files)
      let calibration = try ModelCalibration(
        ModelFolder(settings.folder), threads: settings.trainer.threads)
      let map = try calibration.confidence(source: pairs.map(\.source), references: pairs.map(\.target)) {
        monitor.prepare(.calibrating, $0, of: pairs.count)
        try monitor.checkCancellation()
      }
      var choice: AlignmentHeadChoice?
      if calibration.hasHeads {
        choice = try calibration.alignmentHeads(files.map { ($0.source, $0.target, $0.tag) }) { _ in
          try monitor.checkCancellation()
        }
      }
      try calibration.write(map, choice)
      monitor.note(
        .calibrated(
          sentences: pairs.count, wordError: map.measured.wordError,
          heads: choice.flatMap { $0.isBetter ? $0.place : nil }))
    } catch is CancellationError {
      monitor.note(.notCalibrated(reason: "interrupted", folder: settings.folder))
    } catch {
      monitor.note(.notCalibrated(reason: "\(error)", folder: settings.folder))
    }
  }

  /// Pairs of the validation text as they are given to `translate`, as many of each file as there is room for.
  private func calibrationPairs(_ files: [TextFiles]) throws -> [(source: String, target: String)] {
    var pairs: [(source: String, target: String)] = []
    for (index, file) in files.enumerated() {
      let room = (Self.pairsOfCalibration - pairs.count) / (files.count - index)
      let (source, target) = (try LineReader(path: file.source), try LineReader(path: file.target))
      var taken = 0
      while taken < room, let line = try source.next(), let reference = try target.next() {
        guard !line.isEmpty, !reference.isEmpty else { continue }
        let text = String(decoding: line, as: UTF8.self)
        pairs.append(
          (file.tag.map { "\($0) \(text)" } ?? text, String(decoding: reference, as: UTF8.self)))
        taken += 1
      }
    }
    return pairs
  }
}
