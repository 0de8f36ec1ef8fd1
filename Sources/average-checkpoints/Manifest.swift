import Files
import ModelFolders

/// The contents of `training.json`: the manifest of the training run, with the averaged updates.
func manifest(_ arguments: AverageCheckpointsArguments, _ selection: CheckpointSelection) throws -> [UInt8] {
  let updates = selection.updates.map { JSONTree.number("\($0)") }
  return try ModelFolder(arguments.model).manifest(
    changing: (updates.last.map { [("update", $0)] } ?? []) + [
      ("averaged_updates", .array(updates)),
      ("averaged_checkpoints", .array(selection.paths.map { .string($0) })),
    ])
}
