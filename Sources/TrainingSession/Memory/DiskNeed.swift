import Files
import ModelFolders
import Models
import Training

/// How much a training writes to disk, known before its first update.
struct DiskNeed {
  /// The most that its large files take at any time.
  let bytes: Int
  /// The size of such files that are there already and will be replaced.
  let present: Int

  /// - Parameters:
  ///   - settings: of the training.
  ///   - options: the settings of its updates.
  init(_ settings: TrainingSettings, _ options: TrainerOptions) {
    let (plan, model) = (settings.plan, 4 * settings.model.parameterCount)
    // The newest, the one before it, and one that is being written.
    let checkpoints = 3 * options.checkpointSize(of: settings.model)
    let kept = plan.keptCheckpoints > 0 ? (plan.keptCheckpoints + 1) * model : 0
    // The best one, one for each metric, and one that is being written.
    let models = (plan.selection.keepsBest ? settings.validation.measured.count : 0) + 2
    bytes = checkpoints + kept + models * model
    let folder = settings.folder
    let files = CheckpointFiles(modelFolder: folder)
    let paths =
      [files.last, files.previous, ModelFolder(folder).weights]
      + KeptWeights(modelFolder: folder).files.map(\.path)
    present = paths.reduce(0) { $0 + fileSize(path: $1) }
  }
}
