import CommandLineArguments
import Files
import Formatting
import ModelFolders
import ModelFormats
import Reporting
import TextAlignment

@main enum BuildShortlist {
  static func main() {
    runCommand(BuildShortlistArguments.self) { arguments, _ in try build(arguments) }
  }

  private static func build(_ arguments: BuildShortlistArguments) throws {
    let folder = ModelFolder(arguments.model)
    try folder.requireFolder()
    let model = try ShortlistModel(folder)
    // Before the long work.
    let output = try arguments.output.map { try TextOutputFile(path: $0) }
    let lock = try arguments.output == nil ? folder.takeForWriting() : nil
    defer { withExtendedLifetime(lock) {} }
    let bar = ProgressBar("build-shortlist: step", total: nil)
    defer { bar.finish() }
    let counts = try model.counts(
      source: arguments.source, target: arguments.target, alignment: arguments.alignment,
      threads: arguments.threads
    ) { phase in
      switch phase {
      case .reading(let lines): bar.update(0, "\(Readable.count(lines)) pairs read")
      case .learning(let iterations, let total): bar.update(iterations, "of \(total): learning")
      case .aligning(let lines, let total):
        bar.update(0, "\(Readable.count(lines)) of \(Readable.count(total)) pairs aligned")
      }
    }
    bar.finish()
    try write(counts, arguments, model, output)
  }

  private static func write(
    _ counts: LexicalCounts, _ arguments: BuildShortlistArguments, _ model: ShortlistModel,
    _ output: TextOutputFile?
  ) throws {
    guard let output, let path = arguments.output else {
      let list = try model.write(counts, arguments.selection)
      return say("'\(ModelFolder(arguments.model).shortlist)': \(list.report)")
    }
    if path.hasSuffix(".bin") {
      let list = model.shortlist(counts, arguments.selection)
      try output.write(list.binaryContents)
      try output.commit()
      return say("'\(path)': \(list.report)")
    }
    try model.writeText(counts, arguments.selection, to: output)
    try output.commit()
    say("'\(path)': \(Readable.count(counts.linkCount)) links counted")
  }

  private static func say(_ text: String) { Console.standardError.message("build-shortlist: \(text)") }
}

extension LexicalShortlist {
  /// How long its lists are.
  fileprivate var report: String {
    let lengths = (0..<sourceCount).map { self[$0].count }
    let filled = lengths.count { $0 > 0 }
    let mean = Double(lengths.reduce(0, +)) / Double(max(1, filled))
    return "the first \(firstCount) tokens, and \(Readable.decimal(mean, 1)) for each of "
      + "\(Readable.count(filled)) source tokens"
  }
}
