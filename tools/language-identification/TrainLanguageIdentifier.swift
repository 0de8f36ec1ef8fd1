import CommandLineArguments
import Files
import LanguageIdentification
import Reporting

/// Trains the weights of language identification, or measures how good they are.
@main struct TrainLanguageIdentifier {
  static func main() {
    runCommand(IdentifierArguments.self) { arguments, _ in
      let output = StandardOutput()
      if arguments.predict {
        try predict(arguments.identifier(), output)
      } else if !arguments.evaluate.isEmpty {
        try Evaluation(arguments.identifier(), folder: arguments.evaluate, lines: arguments.lines)
          .write(to: output)
      } else {
        try train(arguments, output)
      }
      try output.flush()
    }
  }

  private static func train(_ arguments: IdentifierArguments, _ output: StandardOutput) throws {
    let texts =
      arguments.text.isEmpty
      ? try catalogTexts(arguments.catalogs, arguments.languages, threads: arguments.threads)
      : try folderTexts(arguments.text)
    let enough = texts.filter { $0.size >= arguments.leastText }
    guard !enough.isEmpty else {
      throw ArgumentError.conflict("no language has enough text; install the packages that README.md names")
    }
    for text in texts {
      let note = text.size < arguments.leastText ? ", too few: left out" : ""
      try output.writeLine("\(text.language): \(text.training.count) lines, \(text.size) bytes\(note)")
    }
    try output.flush()
    if !arguments.writeText.isEmpty { try write(enough, to: arguments.writeText) }
    let identifier = arguments.trainer.train(enough) { line in
      try? output.writeLine(line)
      try? output.flush()
    }
    let file = try AtomicFile(path: arguments.output)
    try file.write(identifier.fileContents)
    try file.commit()
    try output.writeLine(
      "\(arguments.output): \(identifier.languages.count) languages, \(identifier.fileContents.count) bytes")
    try Evaluation(identifier, texts: enough.map { ($0.language, $0.heldOut) }).write(to: output)
  }

  /// Writes text to learn from as files that `--text` reads.
  private static func write(_ texts: [LanguageText], to folder: String) throws {
    try createFolder(folder)
    for text in texts {
      let file = try AtomicFile(path: "\(folder)/\(text.language).txt")
      for line in text.training + text.heldOut { try file.write(line + [0x0A]) }
      try file.commit()
    }
  }

  /// The language of each line of standard input, with its confidence.
  private static func predict(_ identifier: LanguageIdentifier, _ output: StandardOutput) throws {
    let reader = try LineReader(path: "-")
    while let line = try reader.next() {
      let guess = identifier.identify(line).first
      try output.writeLine("\(guess?.language ?? "-")\t\(guess?.confidence ?? 0)")
    }
  }
}

extension LanguageText {
  /// Bytes to learn from.
  var size: Int { training.reduce(0) { $0 + $1.count } }
}
