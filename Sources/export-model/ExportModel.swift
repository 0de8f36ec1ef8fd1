import CommandLineArguments
import Files
import ModelConversion
import ModelFolders
import Reporting

@main
struct ExportModel {
  static func main() {
    runCommand(ExportModelArguments.self) { arguments, _ in try run(arguments) }
  }

  private static func run(_ arguments: ExportModelArguments) throws {
    let source = ModelFolder(arguments.model)
    try source.requireFolder()
    guard !isSameFolder(arguments.output, source.path) else {
      throw ArgumentError.conflict("--output is the folder of the model, '\(source.path)'; give another one")
    }
    if folderExists(arguments.output), !arguments.overwrite, try !fileNames(in: arguments.output).isEmpty {
      throw ArgumentError.conflict(
        "folder '\(arguments.output)' already has files; give --overwrite to write there, or another --output"
      )
    }
    var options = ExportOptions()
    options.weightsOnly = arguments.weightsOnly
    options.sample = try arguments.alphas.map(readSample)
    let notes = try ExportedModel(source).write(as: arguments.format, to: arguments.output, options: options)
    for note in notes { Console.standardError.message(note) }
    Console.standardError.message("'\(arguments.output)' is ready for \(arguments.format.rawValue)")
  }

  private static func readSample(path: String) throws -> [[UInt8]] {
    let reader = try LineReader(path: path)
    var lines: [[UInt8]] = []
    while let line = try reader.next() { lines.append(line) }
    return lines
  }
}
