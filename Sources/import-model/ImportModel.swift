import CommandLineArguments
import Files
import ModelConversion
import ModelFolders
import Reporting
import Text
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
    let text = try checkedText(arguments)
    // Read first, so that a model that cannot be imported leaves no empty folder.
    var model = try ImportedModel(path: arguments.input, options: arguments.options)
    if !arguments.shortlist.isEmpty { model.shortlist = arguments.shortlist }
    let shortlist = try model.shortlistContents()
    let lock = try target.takeForWriting()
    defer { withExtendedLifetime(lock) {} }
    try model.write(to: target, manifest: manifest(model, arguments), shortlist: shortlist)
    for line in model.description { Console.standardError.message(line) }
    Console.standardError.message("'\(target.path)' is ready: translate --model \(target.path)")
    if arguments.checks || text != nil {
      try translate(text ?? SampleSentences.lines(model.pipeline.settings.sourceLanguage), target)
    }
  }

  private static func manifest(_ model: ImportedModel, _ arguments: ImportModelArguments) -> [UInt8] {
    let tree = JSONTree.object([]).with([
      ("imported_from", .string(arguments.input)), ("imported_format", .string(model.origin)),
    ])
    return Array((tree.text() + "\n").utf8)
  }

  /// The lines of `--check-text`; nil if it was not given.
  private static func checkedText(_ arguments: ImportModelArguments) throws -> [String]? {
    guard !arguments.checkText.isEmpty else { return nil }
    let reader = try LineReader(path: arguments.checkText)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  /// Translates a few lines, so that a user sees whether the model does what it should.
  private static func translate(_ lines: [String], _ folder: ModelFolder) throws {
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
    options.keepsPreprocessing = !ignoresPreprocessing
    options.keepsBytes = weights == .asStored
    (options.sourceLanguage, options.targetLanguage) = (sourceLanguage, targetLanguage)
    return options
  }
}
