import Confidence
import Files
import Foundation
import ModelFolders
import Training

/// What a model folder records about the training of its model, as far as it is there.
struct TrainingRecords {
  /// The folder.
  let folder: ModelFolder
  /// The lines of the log, in order; empty if there is none.
  let log: [TrainingLogEntry]
  /// The sample translations of each validation; empty if there are none.
  let samples: [SampleLogEntry]
  /// The contents of `training.json`; nil if there is none.
  let manifest: JSONTree?
  /// What the model's probabilities are worth; nil if it was not calibrated.
  let confidence: ConfidenceMap?

  /// Reads what is there.
  ///
  /// - Throws: `FileError` for a file that is there but cannot be read.
  init(_ folder: ModelFolder) throws(FileError) {
    self.folder = folder
    log = fileExists(folder.log) ? try TrainingLog.read(path: folder.log) : []
    samples = fileExists(folder.samples) ? try SampleLog.read(path: folder.samples) : []
    manifest = fileExists(folder.manifest) ? try readJSONTree(path: folder.manifest) : nil
    confidence = try folder.readConfidence()
  }

  /// The log without what was undone by rollbacks.
  var kept: [TrainingLogEntry] {
    log.reduce(into: []) { kept, entry in
      if entry.event == .rolledBack { kept.removeAll { $0.update > entry.update } }
      kept.append(entry)
    }
  }

  /// The lines of the log that rollbacks undid.
  var undone: [TrainingLogEntry] {
    var (kept, undone): ([TrainingLogEntry], [TrainingLogEntry]) = ([], [])
    for entry in log {
      if entry.event == .rolledBack {
        undone += kept.filter { $0.update > entry.update }
        kept.removeAll { $0.update > entry.update }
      }
      kept.append(entry)
    }
    return undone
  }

  /// The validations that count.
  var validations: [TrainingLogEntry] { kept.filter { $0.validPerplexity != nil } }

  /// The validation of the best model; nil before the first.
  var best: TrainingLogEntry? { validations.last { $0.isBest == true } }

  /// The end of the training, if that is the last line of the log: nil while it runs, or if it was killed.
  var ending: TrainingLogEntry? {
    log.last.flatMap { $0.event == .ended || $0.event == .diverged ? $0 : nil }
  }

  /// When the log was written last; nil if there is none.
  var lastWritten: Date? {
    try? FileManager.default.attributesOfItem(atPath: folder.log)[.modificationDate] as? Date
  }
}
