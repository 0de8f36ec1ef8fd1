import CommandLineArguments
import Files
import ModelConversion
import ModelFolders
import Reporting
import Translation

@main
struct ImportModel {
  static func main() {
    runCommand(ImportModelArguments.self) { arguments, _ in try run(arguments) }
  }

  private static func run(_ arguments: ImportModelArguments) throws {
    let target = ModelFolder(arguments.output)
    guard !isSameFolder(target.path, arguments.input) else {
      throw ArgumentError.conflict(
        "--output is the folder of the model, '\(arguments.input)'; give another one")
    }
    if target.holdsModel, !arguments.overwrite {
      throw ArgumentError.conflict(
        "folder '\(target.path)' already contains a model; give --overwrite to replace it, or another --output"
      )
    }
    // Read first, so that a model that cannot be imported leaves no empty folder.
    var model = try ImportedModel(path: arguments.input, options: arguments.options)
    let lock = try target.takeForWriting()
    defer { withExtendedLifetime(lock) {} }
    if !arguments.shortlist.isEmpty { model.shortlist = arguments.shortlist }
    try model.write(to: target, manifest: manifest(model, arguments))
    for line in model.description { Console.standardError.message(line) }
    Console.standardError.message("'\(target.path)' is ready: translate --model \(target.path)")
    if arguments.checks { try translateSamples(target) }
  }

  private static func manifest(_ model: ImportedModel, _ arguments: ImportModelArguments) -> [UInt8] {
    let tree = JSONTree.object([]).with([
      ("imported_from", .string(arguments.input)), ("imported_format", .string(model.origin)),
    ])
    return Array((tree.text() + "\n").utf8)
  }

  /// Translates a few lines, so that a user sees whether the model does what it should.
  private static func translateSamples(_ folder: ModelFolder) throws {
    let lines = [
      "Hello world.", "This is a test.", "The weather is nice today, and we are going to the beach.",
    ]
    let translator = try Translator(modelFolder: folder.path)
    for (line, result) in zip(lines, try translator.translate(lines)) {
      print("\(line)\t\(result.text)")
    }
  }
}

extension ImportModelArguments {
  /// How the model is imported.
  var options: ImportOptions {
    var options = ImportOptions()
    options.vocabularies = vocabularies
    options.keepsBytes = weights == .asStored
    (options.sourceLanguage, options.targetLanguage) = (sourceLanguage, targetLanguage)
    return options
  }
}
