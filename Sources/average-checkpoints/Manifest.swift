import Files
import Foundation
import ModelFolders

/// The contents of `training.json`: the manifest of the training run, with the averaged updates and without the scores,
/// which are those of another model.
func manifest(_ arguments: AverageCheckpointsArguments, _ selection: CheckpointSelection) throws -> [UInt8] {
  let path = ModelFolder(arguments.model).manifest
  var manifest: [String: Any] = [:]
  if fileExists(path) {
    let found = try? JSONSerialization.jsonObject(with: Data(readFile(path: path))) as? [String: Any]
    guard let found else {
      throw FileError.invalidFormat(
        path: path, place: "", found: "no JSON object", expected: "what train-translation wrote",
        hint: "remove the file to do without it")
    }
    manifest = found
  }
  manifest = manifest.filter { !$0.key.hasPrefix("valid_") && $0.key != "best_by" }
  manifest["update"] = selection.updates.last ?? manifest["update"]
  manifest["averaged_updates"] = selection.updates
  manifest["averaged_checkpoints"] = selection.paths
  let data = try JSONSerialization.data(
    withJSONObject: manifest, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
  return Array(data) + [0x0a]
}
