import CommandLineArguments
import Files
import ModelFolders
import Models
import Reporting
import Tensors

@main
struct QuantizeModel {
  static func main() {
    runCommand(QuantizeModelArguments.self) { arguments, _ in try quantize(arguments) }
  }

  private static func quantize(_ arguments: QuantizeModelArguments) throws {
    let (source, target) = (ModelFolder(arguments.model), ModelFolder(arguments.output))
    let type = arguments.weights.type
    try source.requireFolder()
    let lock = try prepare(target, for: source, overwrite: arguments.overwrite)
    defer { withExtendedLifetime(lock) {} }
    let (model, pipeline) = try source.read()
    try requireMoreBits(model, than: type, folder: source.path)
    let manifest = try source.manifest(changing: [
      ("rounded_from", .string(source.path)), ("rounded_weights", .string(type.rawValue)),
    ])
    try target.write(
      model, as: type, pipeline: pipeline, manifest: manifest, shortlist: source.shortlistContents())
    // The report is about the numbers that are in the file.
    let written = try target.read().model
    let report = RoundingReport(model.architecture, before: model.weights, after: written.weights)
    for line in summary(report, type, from: source, to: target) { Console.standardError.message(line) }
  }

  /// - Returns: keeps other programs out of the folder.
  private static func prepare(_ target: ModelFolder, for source: ModelFolder, overwrite: Bool) throws
    -> FolderLock
  {
    guard !isSameFolder(target.path, source.path) else {
      throw ArgumentError.conflict(
        "--output is the folder of --model, '\(source.path)'; give another one, since rounding cannot be undone"
      )
    }
    if target.holdsModel, !overwrite {
      throw ArgumentError.conflict(
        "folder '\(target.path)' already contains a model; give --overwrite to replace it, or another --output"
      )
    }
    return try target.takeForWriting()
  }

  private static func requireMoreBits(_ model: TrainedTransformer, than type: WeightType, folder: String)
    throws
  {
    let matrices = model.architecture.parameters.filter { $0.extents.count > 1 }
    let types = matrices.compactMap { model.weights.type(of: $0.parameter) }
    guard types.contains(where: { $0.size > type.size }) else {
      throw QuantizeModelError.isRounded(folder: folder, to: types.first ?? type, asked: type)
    }
  }
}

/// What can be wrong with the model.
enum QuantizeModelError: Error, CustomStringConvertible {
  /// Its matrices have as few bits already.
  case isRounded(folder: String, to: WeightType, asked: WeightType)

  /// What was found, what was expected, and what to do.
  var description: String {
    guard case .isRounded(let folder, let found, let asked) = self else { return "" }
    return
      "the matrices of '\(folder)' are \(found.rawValue) already, expected more bits than \(asked.rawValue); "
      + "give the model that they were rounded from"
  }
}
