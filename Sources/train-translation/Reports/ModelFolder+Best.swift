import Files
import Foundation
import Models
import Training

/// The best models by each metric, in folders of the same form within.
extension ModelFolder {
  /// The folder in a model's folder of the best model by a metric.
  static func path(_ path: String, bestBy metric: ValidationMetric) -> String { "\(path)/best-\(metric)" }

  /// Writes the best model by a metric.
  func save(_ model: TrainedTransformer, state: TrainingState, bestBy metric: ValidationMetric) throws {
    var manifest = manifest
    manifest.bestBy = metric.rawValue
    let folder = ModelFolder(path: Self.path(path, bestBy: metric), pipeline: pipeline, manifest: manifest)
    try createFolder(folder.path)
    try folder.save(model, state: state)
  }

  /// Removes what an earlier training kept, which would be taken for that of this one.
  func removeKept() {
    for metric in ValidationMetric.allCases {
      try? FileManager.default.removeItem(atPath: Self.path(path, bestBy: metric))
    }
  }
}
