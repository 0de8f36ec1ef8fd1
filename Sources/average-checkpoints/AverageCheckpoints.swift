import CommandLineArguments
import Files
import ModelFolders
import Models
import Reporting

@main
struct AverageCheckpoints {
  static func main() {
    runCommand(AverageCheckpointsArguments.self) { arguments, _ in try average(arguments) }
  }

  private static func average(_ arguments: AverageCheckpointsArguments) throws {
    let (configuration, pipeline) = try ModelFolder(arguments.model).readDescription()
    let selection = try CheckpointSelection(arguments)
    let shortlist = try ModelFolder(arguments.model).shortlistContents()
    let lock = try prepareOutput(arguments)
    defer { withExtendedLifetime(lock) {} }
    let architecture = Transformer(configuration)
    let weights = try architecture.averageOfParameters(paths: selection.paths)
    try ModelFolder(arguments.output).write(
      TrainedTransformer(architecture, weights: weights), as: arguments.weights, pipeline: pipeline,
      manifest: manifest(arguments, selection), shortlist: shortlist)
    Console.standardError.message(
      "average of \(selection.description) in '\(arguments.output)'")
  }

  /// - Returns: keeps a training out of the folder.
  private static func prepareOutput(_ arguments: AverageCheckpointsArguments) throws -> FolderLock {
    let output = arguments.output
    if ModelFolder(output).holdsModel, !arguments.overwrite {
      throw ArgumentError.conflict(
        "folder '\(output)' already contains a model; give --overwrite to replace it, or another --output")
    }
    return try ModelFolder(output).takeForWriting()
  }
}
