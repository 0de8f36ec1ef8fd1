import CommandLineArguments
import Files
import Models
import Reporting
import Text
import Training

@main
struct AverageCheckpoints {
  static func main() {
    runCommand(AverageCheckpointsArguments.self) { try average($0) }
  }

  private static func average(_ arguments: AverageCheckpointsArguments) throws {
    let pipeline = try TextPipeline(folder: arguments.model)
    let configuration: ModelConfiguration = try readJSON(
      path: "\(arguments.model)/\(ModelFiles.configuration)")
    let selection = try CheckpointSelection(arguments)
    try prepareOutput(arguments)
    let architecture = Transformer(configuration)
    let weights = try architecture.averageOfParameters(paths: selection.paths)
    try pipeline.write(to: arguments.output)
    try ModelFiles.write(
      TrainedTransformer(architecture, weights: weights), metadata: ["format": "pt"],
      folder: arguments.output)
    try writeManifest(arguments, selection)
    Console.standardError.message(
      "average of \(selection.description) in '\(arguments.output)'")
  }

  private static func prepareOutput(_ arguments: AverageCheckpointsArguments) throws {
    let output = arguments.output
    if fileExists("\(output)/\(ModelFiles.weights)"), !arguments.overwrite {
      throw ArgumentError.conflict(
        "folder '\(output)' holds a model already; give --overwrite to replace it, or another --output")
    }
    try requireWritableFolder(output)
  }
}
